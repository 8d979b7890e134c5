import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { bedrockEmbedder } from '#adapters/aws/ai/bedrock-embedder.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import { type Answered, type Asked, caller, startService } from './http-service.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const REFUSED = 'the service does not say why';
const textsOf = ({ body }: Asked): string[] => (typeof body.inputText === 'string' ? [body.inputText] : (body.texts as string[]));
/** A number for each text, so that a vector tells which text it is of. */
const numberOf = (text: string): number => [...text].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) % 997, 7);
function vectorFor(text: string, dimensions: number): number[] {
  const seed = numberOf(text);
  return Array.from({ length: dimensions }, (_, i) => ((seed * (i + 3)) % 101) - 50 || 1);
}

function answerAs(asked: Asked): Answered {
  const { body } = asked;
  const refused = textsOf(asked).find((text) => text.includes('TOO LONG') || text.includes('REFUSED'));
  if (refused !== undefined)
    return {
      error: 'ValidationException',
      message: refused.includes('TOO LONG') ? '400 Bad Request: Too many input tokens. Max input tokens: 8192' : REFUSED,
    };
  const dimensions = Number(body.dimensions ?? body.output_dimension ?? 1024);
  const vectors = textsOf(asked).map((text) => vectorFor(text, dimensions));
  if (typeof body.inputText !== 'string') return { body: { id: '1', response_type: 'embeddings_by_type', embeddings: { float: vectors } } };
  const [float = []] = vectors;
  const isBinary = (body.embeddingTypes as string[])[0] === 'binary';
  const embeddingsByType = isBinary ? { binary: float.map((x) => (x > 0 ? 1 : 0)) } : { float };
  return { body: { ...(!isBinary && { embedding: float }), embeddingsByType, inputTextTokenCount: 3 } };
}

async function embedderOf(embedding: UserConfig['embedding'], answer: (asked: Asked) => Answered = answerAs) {
  const service = await startService(answer);
  closing.push(service.close);
  const world = caller();
  const config = Config.parse({ embedding });
  const embedder = bedrockEmbedder({
    embedding: config.embedding,
    budget: config.budgets.embedding,
    home: 'eu-central-1',
    callService: world.callService,
  });
  return { embedder, asked: service.asked, ...world };
}

function unit(vector: number[]): number[] {
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}
const expectVectorsOf = (vectors: Float32Array[], texts: string[], dimensions: number): void => {
  expect(vectors).toHaveLength(texts.length);
  for (const [i, vector] of vectors.entries()) {
    const wanted = unit(vectorFor(texts[i] ?? '', dimensions));
    expect(vector).toHaveLength(dimensions);
    expect(Math.max(...vector.map((x, at) => Math.abs(x - (wanted[at] ?? 0))))).toBeLessThan(1e-6);
  }
};
const failure = (embedding: Promise<Float32Array[]>): Promise<unknown> =>
  embedding.then(
    () => undefined,
    (error: unknown) => error,
  );
const embed = ({ embed }: Embedder, ...texts: string[]) => embed(texts, 'document');

describe.each([256, 512, 1024])('Titan with %i dimensions', (dimensions) => {
  it('gives each text its vector at length one, one call for each', async () => {
    const { embedder, asked } = await embedderOf({ model: 'titan-text-v2', dimensions });
    const texts = Array.from({ length: 20 }, (_, i) => `text ${i}`);
    expectVectorsOf(await embedder.embed(texts, 'document'), texts, dimensions);
    expect(asked).toHaveLength(20);
    expect(asked[0]).toEqual({
      region: 'eu-central-1',
      operation: '/model/amazon.titan-embed-text-v2:0/invoke',
      body: { inputText: expect.any(String), dimensions, normalize: true, embeddingTypes: ['float'] },
    });
  });
});

describe('Titan', () => {
  it('asks for no more than eight vectors at a time', async () => {
    let open = 0;
    let most = 0;
    const { callService } = caller();
    await startService(answerAs).then(({ close }) => closing.push(close));
    const { embedding, budgets } = Config.parse({ embedding: { model: 'titan-text-v2' } });
    const watched: typeof callService = async (...args) => {
      most = Math.max(most, ++open);
      return callService(...args).finally(() => {
        open -= 1;
      });
    };
    const embedder = bedrockEmbedder({ embedding, budget: budgets.embedding, home: 'eu-central-1', callService: watched });
    await embedder.embed(
      Array.from({ length: 50 }, (_, i) => `text ${i}`),
      'document',
    );
    expect(most).toBe(8);
  });

  it('gives binary vectors a sign for each dimension, so that cosine ranks as Hamming distance does', async () => {
    const { embedder } = await embedderOf({ model: 'titan-text-v2', dimensions: 256, encoding: 'binary' });
    const [a, b] = await embed(embedder, 'one', 'another');
    if (!a || !b) throw new Error('no vector');
    const bits = (text: string) => vectorFor(text, 256).map((x) => x > 0);
    const hamming = bits('one').filter((bit, i) => bit !== bits('another')[i]).length;
    const cosine = a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    expect(cosine).toBeCloseTo(1 - (2 * hamming) / 256, 5);
    expect(embedder.model).toBe('amazon.titan-embed-text-v2:0/binary');
  });

  it('refuses a text beyond the limit without asking, and one that the model finds too long', async () => {
    const { embedder, asked } = await embedderOf({ model: 'titan-text-v2' });
    expect(await failure(embed(embedder, 'x'.repeat(50_001)))).toMatchObject({ code: 'too-large' });
    expect(asked).toEqual([]);
    const error = await failure(embed(embedder, 'TOO LONG secret words'));
    expect(error).toMatchObject({ code: 'too-large', cause: { name: 'ValidationException' } });
    expect(String(error)).not.toContain('secret');
  });
});

describe.each([
  ['cohere-embed-english-v3', 'cohere.embed-english-v3', 1024, {}],
  ['cohere-embed-multilingual-v3', 'cohere.embed-multilingual-v3', 1024, {}],
  ['cohere-embed-v4', 'cohere.embed-v4:0', 1536, { output_dimension: 1536 }],
] as const)('%s', (model, id, dimensions, more) => {
  it('takes batches of 96, says what they are for, and never cuts', async () => {
    const { embedder, asked } = await embedderOf({ model, dimensions });
    const texts = Array.from({ length: 200 }, (_, i) => `text ${i}`);
    expectVectorsOf(await embedder.embed(texts, 'document'), texts, dimensions);
    expectVectorsOf(await embedder.embed(['a query'], 'query'), ['a query'], dimensions);
    expect(asked.map((one) => textsOf(one).length).sort((a, b) => a - b)).toEqual([1, 8, 96, 96]);
    const common = { truncate: 'NONE', embedding_types: ['float'], ...more };
    expect(asked[0]).toMatchObject({
      operation: `/model/${id}/invoke`,
      body: { texts: expect.any(Array), input_type: 'search_document', ...common },
    });
    expect(asked.at(-1)?.body).toMatchObject({ texts: ['a query'], input_type: 'search_query' });
  });
});

describe('a refused text', () => {
  it('is found by halving its batch, and fails by its own code', async () => {
    const { embedder, asked } = await embedderOf({ model: 'cohere-embed-v4' });
    const texts = Array.from({ length: 96 }, (_, i) => (i === 37 ? 'TOO LONG' : `text ${i}`));
    expect(await failure(embedder.embed(texts, 'document'))).toMatchObject({ code: 'too-large' });
    expect(asked.filter((one) => textsOf(one).includes('TOO LONG')).map((one) => textsOf(one).length)).toEqual(
      [96, 48, 24, 12, 6, 3, 2, 1].slice(0, asked.filter((one) => textsOf(one).includes('TOO LONG')).length),
    );
    expect(asked.some((one) => textsOf(one).length === 1 && textsOf(one)[0] === 'TOO LONG')).toBe(true);
  });

  it('that is refused for no known reason is a bug with its cause, never a rejection', async () => {
    const { embedder } = await embedderOf({ model: 'titan-text-v2' });
    expect(await failure(embed(embedder, 'REFUSED'))).toMatchObject({ name: 'ValidationException', message: REFUSED });
  });
});

describe('whatever the text', () => {
  it('there is a vector of length one, and what is sent is Unicode', async () => {
    const { embedder, asked } = await embedderOf({ model: 'titan-text-v2', dimensions: 256 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', '\n', '\ud800', 'a\udc00b')), { maxLength: 4 }),
        async (texts) => {
          const vectors = await embedder.embed(texts, 'document');
          expect(vectors).toHaveLength(texts.length);
          for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
        },
      ),
      { numRuns: 30 },
    );
    for (const one of asked) for (const text of textsOf(one)) expect(text.isWellFormed() && text.trim() !== '').toBe(true);
  });

  it('nothing is asked for nothing', async () => {
    const { embedder, asked } = await embedderOf({ model: 'cohere-embed-v4' });
    expect(await embed(embedder)).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('faults', () => {
  /** Refuses so many calls, then answers. */
  const failing = (times: number, fault: Answered) => {
    let left = times;
    return (asked: Asked): Answered => (left-- > 0 ? fault : answerAs(asked));
  };

  it.each<[string, Answered]>([
    ['a throttle', { status: 429, error: 'ThrottlingException' }],
    ['a model that is not ready', { status: 429, error: 'ModelNotReadyException' }],
    ['a model that is too slow', { status: 408, error: 'ModelTimeoutException' }],
    ['a model that fails', { status: 424, error: 'ModelErrorException' }],
    ['a service that is down', { status: 503, error: 'ServiceUnavailableException' }],
  ])('%s is tried again', async (_, fault) => {
    const { embedder } = await embedderOf({ model: 'titan-text-v2' }, failing(3, fault));
    expect(await embed(embedder, 'text')).toHaveLength(1);
  });

  it('a throttle that lasts stays a throttle or pauses, and is never a rejection', async () => {
    const { embedder, metrics } = await embedderOf({ model: 'titan-text-v2' }, () => ({ status: 429, error: 'ThrottlingException' }));
    const errors: unknown[] = [];
    for (let i = 0; i < 5; i++) errors.push(await failure(embed(embedder, ...'abcdefgh')));
    for (const error of errors) expect(error).toMatchObject({ retryable: true, code: expect.stringMatching(/^(throttled|paused)$/) });
    expect(errors.at(-1)).toMatchObject({ code: 'paused', retryAfterMs: expect.any(Number) });
    expect(metrics.recorded.some(({ name }) => name === 'Throttles')).toBe(true);
  });

  it.each<[string, Answered, object]>([
    [
      'no access to the model',
      { status: 403, error: 'AccessDeniedException' },
      { code: 'access-denied', cause: { name: 'AccessDeniedException' } },
    ],
    [
      'a model that the region lacks',
      { error: 'ValidationException', message: 'The provided model identifier is invalid.' },
      { code: 'invalid-config' },
    ],
    [
      'another kind of vector',
      { body: { embeddingsByType: { float: [1, 2] } } },
      { message: expect.stringContaining('instead of 1 of 1024') },
    ],
  ])('%s is said at once', async (_, fault, error) => {
    const { embedder, asked } = await embedderOf({ model: 'titan-text-v2' }, () => fault);
    expect(await failure(embed(embedder, 'text'))).toMatchObject(error);
    expect(asked).toHaveLength(1);
  });

  it('another region answers while the first is out of reach, with vectors of the same model', async () => {
    const firstIsDown = (asked: Asked): Answered =>
      asked.region === 'eu-central-1' ? { status: 503, error: 'ServiceUnavailableException' } : answerAs(asked);
    const { embedder, asked } = await embedderOf({ model: 'titan-text-v2', regions: ['eu-central-1', 'eu-west-1'] }, firstIsDown);
    const texts = Array.from({ length: 20 }, (_, i) => `text ${i}`);
    expectVectorsOf(await embedder.embed(texts, 'document'), texts, 1024);
    // Once its circuit is open, the first region is left alone.
    const before = asked.length;
    expectVectorsOf(await embedder.embed(texts, 'document'), texts, 1024);
    expect(asked.slice(before).filter(({ region }) => region === 'eu-central-1').length).toBeLessThanOrEqual(1);
  });
});
