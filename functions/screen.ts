import { guardrailOf } from '#adapters/aws/ai/guardrail.ts';
import { judgeOf } from '#adapters/aws/ai/judge.ts';
import { piiFinderOf } from '#adapters/aws/ai/pii.ts';
import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { screen } from '#core/stages/screen.ts';

export const handler = stageHandler(screen, { guardrail: guardrailOf, judge: judgeOf, pii: piiFinderOf });
