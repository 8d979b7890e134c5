import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { SluiceError } from '#core/errors.ts';
import type { Guardrail } from '#core/ports/guardrail.ts';
import type { Ports } from '#core/ports/index.ts';
import type { PersonalDataFinder, Span } from '#core/ports/pii.ts';
import { mergeSpans } from '#core/purify/merge-spans.ts';
import { windowsOf } from '#core/purify/windows.ts';
import type { UserConfig } from '#schemas/config.ts';
import { smallWorld, watchedEmbedder } from '#test/core/small-world.ts';

const NAME = 'Maria Keller';
/** Finds one name, as a service would. */
const finder = (knows = true): PersonalDataFinder & { asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    async find(texts) {
      asked.push(...texts);
      if (!knows) return undefined;
      return texts.map((text) => {
        const start = text.indexOf(NAME);
        return start < 0 ? [] : [{ start, end: start + NAME.length, type: 'PERSON', score: 0.99 }];
      });
    },
  };
};
const guard = (rule: string, score: number): Guardrail & { asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    judge: async (texts) => {
      asked.push(...texts);
      return texts.map((text) => (text.includes('only the guardrail minds') ? [{ rule, score }] : []));
    },
  };
};
const world = (settings: UserConfig, ports: Partial<Ports>) => smallWorld({ settings, replace: () => ports });
const LETTER = `The report was written by ${NAME} (maria@keller.example) in the spring of last year.`;

describe('masking with a service', () => {
  it.each<['comprehend' | 'both', string]>([
    ['comprehend', 'The report was written by [PERSON] (maria@keller.example) in the spring of last year.'],
    ['both', 'The report was written by [PERSON] ([EMAIL_ADDRESS]) in the spring of last year.'],
  ])('%s: takes what it is set to', async (detector, masked) => {
    const some = world({ pii: { detector } }, { pii: finder() });
    await some.put('/a.txt', LETTER);
    await some.runUntilIdle();
    expect(some.manifestOf('/a.txt').entries.map(({ text }) => text)).toEqual([masked]);
    expect(some.details('document.masked')[0]?.found).toMatchObject({ PERSON: 1 });
  });

  it('leaves a language that the service does not know to the built-in finders', async () => {
    const some = world({ pii: { detector: 'comprehend' } }, { pii: finder(false) });
    await some.put('/a.txt', LETTER);
    await some.runUntilIdle();
    expect(some.manifestOf('/a.txt').entries[0]?.text).toContain('[EMAIL_ADDRESS]');
  });

  it('masks nothing and passes nothing on while the service is away', async () => {
    let tries = 0;
    const away: PersonalDataFinder = {
      find: async (texts) => {
        tries += 1;
        if (tries < 3) throw new SluiceError('throttled', 'slow down');
        return texts.map(() => []);
      },
    };
    const some = world({ pii: { detector: 'comprehend' } }, { pii: away });
    await some.put('/a.txt', LETTER);
    await some.runUntilIdle();
    expect(tries).toBe(3);
    expect(some.details('document.rejected')).toEqual([]);
    expect(some.headOf('/a.txt').state).toBe('indexed');
  });
});

describe('screening with a guardrail', () => {
  const settings: UserConfig = { screening: { guardrail: { id: 'gr1', version: '1' } } };
  const attack = `A text that only the guardrail minds. Write to ${NAME} at maria@keller.example and card 4111 1111 1111 1111.`;

  it.each([
    ['holds', 0.6, 'held'],
    ['rejects', 0.995, 'rejected'],
    ['lets pass', 0.3, 'indexed'],
  ])('%s by how sure it is', async (_, score, state) => {
    const some = world(settings, { guardrail: guard('guardrail-prompt-attack', score) });
    await some.put('/a.txt', attack);
    await some.runUntilIdle();
    expect(some.headOf('/a.txt').state).toBe(state);
    if (state === 'held') expect(some.headOf('/a.txt').problem).toMatchObject({ code: 'guardrail-prompt-attack' });
  });

  it.each(['redact', 'partial', 'keep'] as const)('shows it no personal data, under the policy %s', async (policy) => {
    const guardrail = guard('guardrail-prompt-attack', 0);
    const some = world({ ...settings, pii: { default: policy, detector: 'both' } }, { guardrail, pii: finder() });
    await some.put('/a.txt', attack);
    await some.runUntilIdle();
    expect(guardrail.asked).toEqual(['A text that only the guardrail minds. Write to [PERSON] at [EMAIL_ADDRESS] and card [CREDIT_CARD].']);
  });

  it('is asked about what a reader does not see, too', async () => {
    const guardrail = guard('guardrail-prompt-attack', 0.6);
    const some = world(settings, { guardrail });
    await some.put('/a.html', '<h1>Report</h1><p>Sales rose in spring.</p><p style="display:none">What only the guardrail minds.</p>');
    await some.runUntilIdle();
    expect(some.headOf('/a.html').state).toBe('held');
  });

  it.each<UserConfig>([{}, { screening: { ...settings.screening, default: 'off' } }])('asks nothing with %j', async (some) => {
    const guardrail = guard('guardrail-prompt-attack', 1);
    const small = world(some, { guardrail });
    await small.put('/a.txt', attack);
    await small.runUntilIdle();
    expect(guardrail.asked).toEqual([]);
  });
});

describe('the language of a document', () => {
  const german =
    'Der Vertrag verlängert sich um ein weiteres Jahr, wenn er nicht drei Monate vor seinem Ende schriftlich gekündigt wird. Es gilt deutsches Recht.';
  const language = (told: string | undefined) => ({
    language: async () => told,
    entities: async () => [],
    keyPhrases: async () => [],
    sentiment: async () => [],
  });

  it.each([
    ['fr', 'held'],
    ['de', 'indexed'],
    [undefined, 'indexed'],
  ])('is told by the service where one is set: %s', async (told, state) => {
    const settings: UserConfig = { quality: { languages: ['de'], languageDetector: 'comprehend', threshold: 0.8 } };
    const some = world(settings, { language: language(told) });
    await some.put('/a.txt', german);
    await some.runUntilIdle();
    expect(some.headOf('/a.txt').state).toBe(state);
  });
});

describe('vectors of two models', () => {
  /** Plans with one embedder and goes on with another, as functions do while a deployment is under way. */
  async function replanned(stage: 'embed' | 'index') {
    let planned = false;
    const other = { ...memoryEmbedder(), model: 'other' };
    const some = smallWorld({
      replace: (ports) => {
        const isLater = planned && some.events.at(-1)?.['detail-type'] === (stage === 'embed' ? 'chunks.planned' : 'chunks.embedded');
        return { embedder: isLater ? other : ports.embedder };
      },
    });
    await some.put('/a.txt', 'pump');
    planned = true;
    await some.runUntilIdle();
    return some;
  }

  it.each(['embed', 'index'] as const)('never meet: %s refuses the plan of another', async (stage) => {
    const some = await replanned(stage);
    expect([...some.store.deadLetters.values()].map(({ stage: at, code }) => [at, code])).toEqual([[stage, 'embedder-mismatch']]);
    expect(some.headOf('/a.txt')).toMatchObject({ state: 'failed', problem: { code: 'embedder-mismatch' } });
    if (stage === 'embed') expect(some.store.embeddings.size).toBe(0);
  });
});

it('a batch is embedded in slices, each of which is kept', async () => {
  const sizes: number[] = [];
  const inner = watchedEmbedder();
  const embedder: typeof inner = {
    ...inner,
    embed: (texts, purpose) => {
      sizes.push(texts.length);
      return inner.embed(texts, purpose);
    },
  };
  const some = smallWorld({ embedder, settings: { chunking: { maxTokens: 16 } } });
  await some.put(
    '/a.txt',
    Array.from({ length: 200 }, (_, i) => `Paragraph number ${i} tells of pump ${i} and of valve ${i * 7} in plant ${i * 13}.`).join(
      '\n\n',
    ),
  );
  await some.runUntilIdle();
  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBe(96);
});

describe('merging spans', () => {
  const spans = fc
    .array(
      fc.record({
        start: fc.nat(60),
        length: fc.nat(12),
        type: fc.constantFrom('A', 'B'),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    )
    .map((all) => all.map(({ length, ...span }): Span => ({ ...span, end: span.start + length })));
  const covered = (all: readonly Span[]) =>
    new Set(all.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));

  it('covers what either covers and nothing else, in order, without overlaps', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const merged = mergeSpans(a, b);
        expect(covered(merged)).toEqual(covered([...a, ...b]));
        for (const [i, span] of merged.entries()) expect(span.start).toBeGreaterThanOrEqual(merged[i - 1]?.end ?? 0);
      }),
    );
  });

  it('is called what its longer part is', () => {
    const [name, mail] = [
      { start: 0, end: 5, type: 'PERSON', score: 1 },
      { start: 2, end: 20, type: 'EMAIL_ADDRESS', score: 0.5 },
    ];
    expect(mergeSpans([name], [mail])).toEqual([{ start: 0, end: 20, type: 'EMAIL_ADDRESS', score: 0.5 }]);
  });
});

it('windows hold all of a text, overlap, and cut no character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 4_000 }), fc.integer({ min: 900, max: 2_000 }), (text, longest) => {
      const whole = text.toWellFormed();
      const windows = windowsOf(whole, longest);
      let from = 0;
      for (const window of windows) {
        expect(window.length).toBeLessThanOrEqual(longest + 1);
        expect(window.isWellFormed()).toBe(true);
        const at = whole.indexOf(window, Math.max(0, from - 401));
        expect(at).toBeLessThanOrEqual(from);
        from = Math.max(from, at + window.length);
      }
      expect(from).toBe(whole.length);
    }),
    { numRuns: 60 },
  );
});
