import type { Judge } from '#core/ports/judge.ts';
import type { AwsContext } from '../context.ts';
import { bedrockJudge } from './bedrock-judge.ts';
import { callServiceOf, homeRegion } from './call-service.ts';

/** The judging model; undefined where the configuration names none. */
export const judgeOf = (context: AwsContext): Judge | undefined =>
  context.config.screening.judge === undefined
    ? undefined
    : bedrockJudge({ budget: context.config.budgets.judge, home: homeRegion(), callService: callServiceOf(context) });
