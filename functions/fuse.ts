import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { fuse } from '#core/stages/fuse.ts';

export const handler = stageHandler(fuse);
