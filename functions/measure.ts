import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { measure } from '#core/stages/measure.ts';

export const handler = stageHandler(measure);
