import { guardrailOf } from '#adapters/aws/ai/guardrail.ts';
import { piiFinderOf } from '#adapters/aws/ai/pii.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { screen } from '#core/stages/screen.ts';

export const handler = stageHandler(screen, { guardrail: guardrailOf, pii: piiFinderOf });
