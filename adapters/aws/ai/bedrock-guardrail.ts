import { ApplyGuardrailCommand, type ApplyGuardrailCommandOutput, BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { SluiceError } from '#core/errors.ts';
import type { Guardrail, GuardrailOpinion } from '#core/ports/guardrail.ts';
import type { CallService } from '#core/resilience/service.ts';
import type { Config } from '#schemas/config.ts';
import type { HarmCategory } from '#schemas/harm.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';
import { atMost } from './at-most.ts';
import { bedrockOptions } from './bedrock-options.ts';

const AT_ONCE = 4;
const TIMEOUT_MS = 20_000;
const WITHIN_MS = 30_000;

/** How sure a content filter is. Topics and words either match or do not. */
const CONFIDENCE: Record<string, number | undefined> = { LOW: 0.3, MEDIUM: 0.6, HIGH: 0.9 };
const MATCHED = 0.9;
const BLOCKED = 'BLOCKED';
/** Content filters by their types. PROMPT_ATTACK is no harm but an attack. */
const HARM: Record<string, HarmCategory | undefined> = {
  HATE: 'hate',
  INSULTS: 'insult',
  SEXUAL: 'sexual',
  VIOLENCE: 'violence',
  MISCONDUCT: 'misconduct',
};

const client = once(() => new BedrockRuntimeClient(bedrockOptions(TIMEOUT_MS)));

const ruleOf = (name: string): string => `guardrail-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;

function filtered(type: string, confidence: string): GuardrailOpinion {
  const category = HARM[type];
  return { rule: ruleOf(category ?? type), score: CONFIDENCE[confidence] ?? 0, ...(category && { category }) };
}

/** What would be blocked. What would be anonymised was masked before, and names of topics are the account's own. */
function opinionsOf({ assessments = [] }: Pick<ApplyGuardrailCommandOutput, 'assessments'>): GuardrailOpinion[] {
  return assessments.flatMap(({ contentPolicy, topicPolicy, wordPolicy, sensitiveInformationPolicy }) => [
    ...(contentPolicy?.filters ?? []).flatMap(({ type = 'CONTENT', confidence = '', action }) =>
      action === BLOCKED ? [filtered(type, confidence)] : [],
    ),
    ...(topicPolicy?.topics ?? []).flatMap(({ action }) => (action === BLOCKED ? [{ rule: ruleOf('topic'), score: MATCHED }] : [])),
    ...[...(wordPolicy?.customWords ?? []), ...(wordPolicy?.managedWordLists ?? [])].flatMap(({ action }) =>
      action === BLOCKED ? [{ rule: ruleOf('word'), score: MATCHED }] : [],
    ),
    ...[...(sensitiveInformationPolicy?.piiEntities ?? []), ...(sensitiveInformationPolicy?.regexes ?? [])].flatMap(({ action }) =>
      action === BLOCKED ? [{ rule: ruleOf('sensitive'), score: MATCHED }] : [],
    ),
  ]);
}

export type GuardrailOptions = { budget: Config['budgets']['guardrail']; home: string; callService: CallService };

/** A guardrail of Amazon Bedrock, applied to text without a model. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html */
export function bedrockGuardrail({ budget, home, callService }: GuardrailOptions): Guardrail {
  const service = {
    provider: 'bedrock',
    model: 'guardrail',
    region: home,
    perMinute: { requests: budget.requestsPerMinute },
    withinMs: WITHIN_MS,
  };
  const judge = async (text: string, { id, version }: { id: string; version: string }): Promise<GuardrailOpinion[]> => {
    const content = [{ text: { text: text.toWellFormed() } }];
    const command = new ApplyGuardrailCommand({ guardrailIdentifier: id, guardrailVersion: version, source: 'INPUT', content });
    try {
      return opinionsOf(await callService(service, {}, () => calling(`asking guardrail ${id}`, () => client().send(command))));
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException')
        throw new SluiceError('invalid-config', `asking guardrail ${id}, version ${version}: there is none in ${home}`, { cause: error });
      throw error;
    }
  };
  return { judge: (texts, guardrail) => atMost(AT_ONCE, texts, (text) => judge(text, guardrail)) };
}
