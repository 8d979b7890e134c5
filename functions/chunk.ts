import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { chunk } from '#core/stages/chunk.ts';

export const handler = stageHandler(chunk);
