import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { transcribeOf } from '#adapters/aws/transcribe/maker.ts';
import { extractMedia } from '#core/stages/extract-media.ts';

export const handler = stageHandler(extractMedia, { speech: transcribeOf });
