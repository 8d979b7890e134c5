import { describerOf } from '#adapters/aws/ai/language.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { describe } from '#core/stages/describe.ts';

export const handler = stageHandler(describe, { language: describerOf });
