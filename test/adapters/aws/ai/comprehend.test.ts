import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { comprehendLanguage } from '#adapters/aws/ai/comprehend-language.ts';
import { comprehendPii } from '#adapters/aws/ai/comprehend-pii.ts';
import { Config } from '#schemas/config.ts';
import { type Answered, type Asked, caller, startService } from './http-service.ts';

/** Finds every NAME, with offsets in code points as the service counts them. */
const found = (text: string, word: string): { BeginOffset: number; EndOffset: number; Score: number }[] =>
  [...text.matchAll(new RegExp(word, 'gu'))].map(({ index }) => {
    const BeginOffset = [...text.slice(0, index)].length;
    return { BeginOffset, EndOffset: BeginOffset + word.length, Score: 0.99 };
  });
const MOST = { DetectPiiEntities: 100_000 } as Record<string, number>;

function detect(operation: string, text: string): object {
  if (operation.endsWith('DominantLanguage'))
    return {
      Languages: [
        { LanguageCode: 'en', Score: 0.2 },
        { LanguageCode: text.includes('nicht') ? 'de' : 'zh-TW', Score: 0.7 },
      ],
    };
  if (operation.endsWith('KeyPhrases')) return { KeyPhrases: found(text, 'KELLER') };
  if (operation.endsWith('Sentiment'))
    return {
      Sentiment: 'MIXED',
      SentimentScore: { Positive: text.includes('good') ? 1 : 0, Negative: text.includes('good') ? 0 : 1, Neutral: 0, Mixed: 0 },
    };
  const types = [
    ['KELLER', 'NAME'],
    ['MAIL', 'EMAIL'],
    ['TODAY', 'DATE_TIME'],
  ] as const;
  return { Entities: types.flatMap(([word, Type]) => found(text, word).map((one) => ({ ...one, Type }))) };
}

function answerAs({ operation, body }: Asked): Answered {
  const texts = (body.TextList as string[] | undefined) ?? [String(body.Text)];
  if (texts.some((text) => Buffer.byteLength(text) > (MOST[operation] ?? 5_000))) return { error: 'TextSizeLimitExceededException' };
  if (texts.length > 25) return { error: 'BatchSizeLimitExceededException' };
  if (body.TextList === undefined) return { body: detect(operation, texts[0] ?? '') };
  return { body: { ResultList: texts.map((text, Index) => ({ Index, ...detect(operation, text) })), ErrorList: [] } };
}

let service: Awaited<ReturnType<typeof startService>>;
let answer: (asked: Asked) => Answered = answerAs;
beforeAll(async () => {
  service = await startService((asked) => answer(asked));
});
afterAll(() => service.close());
beforeEach(() => {
  service.asked.length = 0;
  answer = answerAs;
});

const options = () => ({
  budget: Config.parse({ budgets: { comprehend: { requestsPerMinute: 6_000 } } }).budgets.comprehend,
  home: 'eu-central-1',
  callService: caller().callService,
});
const wholeText = fc
  .array(
    fc.oneof(fc.constantFrom('KELLER', 'MAIL', '👩‍👩‍👧', '𝒳', 'é', '\ud800', ' ', '. '), fc.string({ unit: 'grapheme', maxLength: 20 })),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('personal data by Comprehend', () => {
  it('has offsets right in every Unicode text, whatever the texts are cut into', async () => {
    const pii = comprehendPii(options());
    await fc.assert(
      fc.asyncProperty(fc.array(wholeText, { maxLength: 6 }), async (texts) => {
        const spans = (await pii.find(texts, 'en')) ?? [];
        expect(spans).toHaveLength(texts.length);
        const named = spans.map((own, i) => own.map(({ start, end, type }) => [type, texts[i]?.slice(start, end)]));
        expect(named).toEqual(
          texts.map((text) => [...text.matchAll(/KELLER|MAIL/g)].map(([word]) => [word === 'MAIL' ? 'EMAIL_ADDRESS' : 'PERSON', word])),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('asks once for many short texts, and cuts what is longer than 100 KB', async () => {
    const pii = comprehendPii(options());
    const few = await pii.find(
      Array.from({ length: 500 }, (_, i) => `Row ${i} is of KELLER.`),
      'en-GB',
    );
    expect(service.asked).toHaveLength(1);
    expect(few?.flat()).toHaveLength(500);
    const long = `${'Ünder the bridge lives 𝒳. '.repeat(12_000)}KELLER`;
    const spans = await pii.find([long], 'es');
    expect(service.asked.length).toBeGreaterThan(3);
    expect(spans?.[0]?.map(({ start, end }) => long.slice(start, end))).toEqual(['KELLER']);
  });

  it('finds a name that goes on in the next text, in each of its parts', async () => {
    answer = () => ({ body: { Entities: [{ BeginOffset: 3, EndOffset: 14, Score: 0.9, Type: 'NAME' }] } });
    expect(await comprehendPii(options()).find(['by Maria', 'Keller.'], 'en')).toEqual([
      [{ start: 3, end: 8, type: 'PERSON', score: 0.9 }],
      [{ start: 0, end: 4, type: 'PERSON', score: 0.9 }],
    ]);
  });

  it('leaves out dates, guesses, and languages that it does not know', async () => {
    const pii = comprehendPii(options());
    expect(await pii.find(['TODAY'], 'en')).toEqual([[]]);
    answer = () => ({ body: { Entities: [{ BeginOffset: 0, EndOffset: 2, Score: 0.3, Type: 'NAME' }] } });
    expect(await pii.find(['Ab'], 'en')).toEqual([[]]);
    const before = service.asked.length;
    expect(await pii.find(['KELLER'], 'de')).toBeUndefined();
    expect(service.asked).toHaveLength(before);
  });

  it('asks nothing about nothing', async () => {
    expect(await comprehendPii(options()).find(['', ' '], 'en')).toEqual([[], []]);
    expect(await comprehendPii(options()).find([], undefined)).toEqual([]);
    expect(service.asked).toEqual([]);
  });

  it.each<[string, Answered, object]>([
    ['ThrottlingException', { error: 'ThrottlingException' }, { code: expect.stringMatching(/^(throttled|paused)$/), retryable: true }],
    [
      'InternalServerException',
      { status: 500, error: 'InternalServerException' },
      { code: expect.stringMatching(/^(unavailable|paused)$/) },
    ],
    ['AccessDeniedException', { error: 'AccessDeniedException' }, { code: 'access-denied' }],
    ['InvalidRequestException', { error: 'InvalidRequestException' }, { name: 'InvalidRequestException' }],
  ])('says what %s means', async (_, fault, error) => {
    answer = () => fault;
    await expect(comprehendPii(options()).find(['KELLER'], 'en')).rejects.toMatchObject(error);
  });
});

describe('language services by Comprehend', () => {
  it('tells the language as ISO 639-1, and nothing of a short text', async () => {
    const { language } = comprehendLanguage(options());
    expect(await language('Das wissen wir leider noch nicht.')).toBe('de');
    expect(await language('这是一个关于水泵的很长的句子，里面写着许多事情。')).toBe('zh');
    expect(await language('kurz')).toBeUndefined();
    expect(service.asked).toHaveLength(2);
  });

  it('has offsets of entities and phrases right in every Unicode text', async () => {
    const { entities, keyPhrases } = comprehendLanguage(options());
    await fc.assert(
      fc.asyncProperty(fc.array(wholeText, { maxLength: 4 }), async (texts) => {
        const [found = [], phrases = []] = [await entities(texts, 'de'), await keyPhrases(texts, 'pt-BR')];
        const words = (all: { start: number; end: number }[][], only: RegExp) =>
          all.map((own, i) => own.map(({ start, end }) => texts[i]?.slice(start, end)).filter((word) => only.test(word ?? '')));
        const wanted = texts.map((text) => text.match(/KELLER/g) ?? []);
        expect(words(found, /KELLER/)).toEqual(wanted);
        expect(words(phrases, /./)).toEqual(wanted);
      }),
      { numRuns: 30 },
    );
  });

  it('sends 25 texts at a time, each of at most 5 KB', async () => {
    const { entities } = comprehendLanguage(options());
    await entities(
      Array.from({ length: 60 }, () => 'KELLER'),
      'en',
    );
    expect(service.asked.map(({ body }) => (body.TextList as string[]).length).sort((a, b) => a - b)).toEqual([10, 25, 25]);
    const [found = []] = (await entities([`${'word '.repeat(3_000)}KELLER`], 'en')) ?? [];
    expect(found.map(({ start }) => start)).toEqual([15_000]);
  });

  it('takes the mean of a long text for its sentiment', async () => {
    const { sentiment } = comprehendLanguage(options());
    const half = `${'good '.repeat(999)}`;
    const [mixed, none] = (await sentiment([half + 'dull '.repeat(999), ''], 'en')) ?? [];
    expect(mixed?.positive).toBeCloseTo(0.5, 1);
    expect(none).toEqual({ positive: 0, negative: 0, neutral: 1, mixed: 0 });
  });

  it.each(['fi', 'xx'])('knows no %s', async (language) => {
    const service = comprehendLanguage(options());
    expect(await service.entities(['a'], language)).toBeUndefined();
    expect(await service.keyPhrases(['a'], language)).toBeUndefined();
    expect(await service.sentiment(['a'], language)).toBeUndefined();
  });

  it('is tried again later when one text of a batch fails', async () => {
    answer = () => ({ body: { ResultList: [], ErrorList: [{ Index: 0, ErrorCode: 'INTERNAL_SERVER_ERROR' }] } });
    await expect(comprehendLanguage(options()).entities(['a'], 'en')).rejects.toMatchObject({ retryable: true });
  });
});
