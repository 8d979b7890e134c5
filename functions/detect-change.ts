import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { detectChange } from '#core/stages/detect-change.ts';

export const handler = stageHandler(detectChange);
