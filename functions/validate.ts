import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { validate } from '#core/stages/validate.ts';

export const handler = stageHandler(validate);
