import { piiFinderOf } from '#adapters/aws/ai/pii.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { mask } from '#core/stages/mask.ts';

export const handler = stageHandler(mask, { pii: piiFinderOf });
