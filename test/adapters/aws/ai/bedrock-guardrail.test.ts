import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bedrockGuardrail } from '#adapters/aws/ai/bedrock-guardrail.ts';
import { Config } from '#schemas/config.ts';
import { type Answered, caller, startService } from './http-service.ts';

let service: Awaited<ReturnType<typeof startService>>;
let answer: () => Answered = () => ({});
beforeAll(async () => {
  service = await startService(() => answer());
});
afterAll(() => service.close());
beforeEach(() => {
  service.asked.length = 0;
});

const guardrail = () =>
  bedrockGuardrail({ budget: Config.parse({}).budgets.guardrail, home: 'eu-central-1', callService: caller().callService });
const usage = {
  topicPolicyUnits: 1,
  contentPolicyUnits: 1,
  wordPolicyUnits: 0,
  sensitiveInformationPolicyUnits: 0,
  sensitiveInformationPolicyFreeUnits: 0,
  contextualGroundingPolicyUnits: 0,
};
const choice = { id: 'gr1', version: '2' };

describe('the guardrail', () => {
  it('is asked about each text as input, in the version that is set', async () => {
    answer = () => ({ body: { usage, action: 'NONE', outputs: [], assessments: [] } });
    expect(await guardrail().judge(['one', 'two'], choice)).toEqual([[], []]);
    const asked = service.asked.map(({ operation, body }) => [operation, body]);
    expect(asked.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([
      ['/guardrail/gr1/version/2/apply', { source: 'INPUT', content: [{ text: { text: 'one' } }] }],
      ['/guardrail/gr1/version/2/apply', { source: 'INPUT', content: [{ text: { text: 'two' } }] }],
    ]);
  });

  it('says what it would block and how sure it is, without the words that it saw', async () => {
    const assessments = [
      {
        contentPolicy: {
          filters: [
            { type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'BLOCKED' },
            { type: 'HATE', confidence: 'MEDIUM', action: 'BLOCKED' },
            { type: 'VIOLENCE', confidence: 'LOW', action: 'NONE' },
          ],
        },
        topicPolicy: { topics: [{ name: 'Secret project', type: 'DENY', action: 'BLOCKED' }] },
        wordPolicy: { customWords: [{ match: 'darn', action: 'BLOCKED' }], managedWordLists: [] },
        sensitiveInformationPolicy: { piiEntities: [{ match: 'Maria', type: 'NAME', action: 'ANONYMIZED' }], regexes: [] },
      },
    ];
    answer = () => ({ body: { usage, action: 'GUARDRAIL_INTERVENED', outputs: [{ text: 'no' }], assessments } });
    expect(await guardrail().judge(['text'], choice)).toEqual([
      [
        { rule: 'guardrail-prompt-attack', score: 0.9 },
        { rule: 'guardrail-hate', score: 0.6, category: 'hate' },
        { rule: 'guardrail-topic', score: 0.9 },
        { rule: 'guardrail-word', score: 0.9 },
      ],
    ]);
  });

  it.each<[string, Answered, object]>([
    [
      'ThrottlingException',
      { status: 429, error: 'ThrottlingException' },
      { code: expect.stringMatching(/^(throttled|paused)$/), retryable: true },
    ],
    ['ServiceQuotaExceededException', { error: 'ServiceQuotaExceededException' }, { code: expect.stringMatching(/^(throttled|paused)$/) }],
    ['AccessDeniedException', { status: 403, error: 'AccessDeniedException' }, { code: 'access-denied' }],
    [
      'ResourceNotFoundException',
      { status: 404, error: 'ResourceNotFoundException' },
      { code: 'invalid-config', cause: { name: 'ResourceNotFoundException' } },
    ],
    ['ValidationException', { error: 'ValidationException' }, { name: 'ValidationException' }],
  ])('says what %s means', async (_, fault, error) => {
    answer = () => fault;
    await expect(guardrail().judge(['text'], choice)).rejects.toMatchObject(error);
  });
});
