import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { withCompletion } from '#adapters/aws/textract/completion.ts';
import { resume } from '#core/stages/resume.ts';
import { readEvent } from '#schemas/events/index.ts';

export const handler = stageHandler(resume, {}, { read: (body) => readEvent(withCompletion(body)) });
