import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bedrockJudge } from '#adapters/aws/ai/bedrock-judge.ts';
import { judgePassage } from '#core/purify/judge/prompt.ts';
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

const judge = () => bedrockJudge({ budget: Config.parse({}).budgets.judge, home: 'eu-central-1', callService: caller().callService });
const choice = { model: 'amazon.nova-lite-v1:0' };
const prompt = judgePassage('The pump runs.', '0123456789abcdef');
const says = (text: string, stopReason = 'end_turn') => ({
  body: {
    output: { message: { role: 'assistant', content: [{ text }] } },
    stopReason,
    usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
    metrics: { latencyMs: 1 },
  },
});

describe('the judging model', () => {
  it('is told what it is and what it looks at apart from each other, and answers the same each time', async () => {
    answer = () => says(' {"attack": true, "confidence": 0.9}\n');
    expect(await judge().ask(prompt, choice)).toBe('{"attack": true, "confidence": 0.9}');
    expect(service.asked).toMatchObject([
      {
        body: {
          system: [{ text: prompt.system }],
          messages: [{ role: 'user', content: [{ text: prompt.question }] }],
          inferenceConfig: { maxTokens: 40, temperature: 0 },
        },
      },
    ]);
    expect(decodeURIComponent(service.asked[0]?.operation ?? '')).toBe('/model/amazon.nova-lite-v1:0/converse');
  });

  it.each(['max_tokens', 'content_filtered', 'guardrail_intervened'])('has declined when it stops by %s', async (stopReason) => {
    answer = () => says('{"attack": false, "confidence": 1}', stopReason);
    expect(await judge().ask(prompt, choice)).toBe('');
  });

  it('that the region does not offer is a fault of the configuration', async () => {
    answer = () => ({ status: 400, error: 'ValidationException', message: 'The provided model identifier is invalid.' });
    await expect(judge().ask(prompt, choice)).rejects.toMatchObject({ code: 'invalid-config' });
  });
});
