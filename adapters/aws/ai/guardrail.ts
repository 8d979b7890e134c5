import type { Guardrail } from '#core/ports/guardrail.ts';
import type { AwsContext } from '../context.ts';
import { bedrockGuardrail } from './bedrock-guardrail.ts';
import { callServiceOf, homeRegion } from './call-service.ts';

/** The guardrail service; undefined where the configuration names no guardrail. */
export const guardrailOf = (context: AwsContext): Guardrail | undefined =>
  context.config.screening.guardrail === undefined
    ? undefined
    : bedrockGuardrail({ budget: context.config.budgets.guardrail, home: homeRegion(), callService: callServiceOf(context) });
