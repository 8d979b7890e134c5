import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { estimateTokens } from '#core/chunking/tokens.ts';
import { embedderFacts } from '#core/embedding/facts.ts';
import { SluiceError } from '#core/errors.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import { firstInReach } from '#core/resilience/fallback.ts';
import type { CallService } from '#core/resilience/service.ts';
import type { Config } from '#schemas/config.ts';
import { embeddingModel, embeddingRegions } from '#schemas/models.ts';
import { calling } from '../service-error.ts';
import { atMost, parts } from './at-most.ts';
import { bedrockOptions } from './bedrock-options.ts';
import { embeddingRequest } from './embedding-requests.ts';

/** Calls at the same time from one container: enough to fill the time that a call waits, few enough to share a quota. */
const AT_ONCE = 8;
const TIMEOUT_MS = 15_000;
/** Time for all tries of a call: indexing is patient, a person who searches is not. */
const WITHIN_MS = { document: 25_000, query: 6_000 } as const;

/** What Bedrock says to a text that is too long; the models say it in their own words. */
const TOO_LONG = /too (many|long|large)|exceed|max(imum)? (input|length|tokens)|maxLength/i;
/** What it says to a request that no text could mend. */
const WRONG_MODEL = /model identifier|on-demand throughput|inference profile|not (supported|available) in|dimension/i;

const isRefused = (error: unknown): error is Error => error instanceof Error && error.name === 'ValidationException';

type Purpose = 'document' | 'query';
export type BedrockOptions = {
  embedding: Config['embedding'];
  budget: Config['budgets']['embedding'];
  /** The deployment's own region. */
  home: string;
  callService: CallService;
};

/**
 * Vectors from a model of Amazon Bedrock. With several regions, another than the first is asked while that one is out of
 * reach: the same model, so the same vectors.
 */
export function bedrockEmbedder({ embedding, budget, home, callService }: BedrockOptions): Embedder {
  const facts = embedderFacts(embedding);
  const { id, batch, most, perMinute } = embeddingModel(embedding.model);
  const request = embeddingRequest(embedding);
  const regions = embeddingRegions(embedding, home).map((region) => ({
    client: new BedrockRuntimeClient({ ...bedrockOptions(TIMEOUT_MS), region }),
    service: {
      provider: 'bedrock',
      model: facts.model,
      region,
      perMinute: { requests: budget.requestsPerMinute ?? perMinute.requests, tokens: budget.tokensPerMinute ?? perMinute.tokens },
    },
  }));

  const ask = (texts: readonly string[], purpose: Purpose): Promise<Float32Array[]> => {
    const body = JSON.stringify(request.body(texts, purpose));
    const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    const withinMs = WITHIN_MS[purpose] / regions.length;
    return firstInReach(regions, ({ client, service }) =>
      callService({ ...service, withinMs }, { tokens }, async () => {
        const command = new InvokeModelCommand({ modelId: id, body, contentType: 'application/json', accept: 'application/json' });
        const answer = await calling(`embedding with ${facts.model} in ${service.region}`, () => client.send(command));
        return vectorsOf(request.vectors(JSON.parse(new TextDecoder().decode(answer.body))), texts.length, facts.dimensions);
      }),
    );
  };

  /** Halves what is refused until the text is alone that the model does not take. */
  const embedPart = async (texts: readonly string[], purpose: Purpose): Promise<Float32Array[]> => {
    try {
      return await ask(texts, purpose);
    } catch (error) {
      if (!isRefused(error)) throw error;
      if (WRONG_MODEL.test(error.message))
        throw new SluiceError('invalid-config', `embedding with ${facts.model}: it is not offered so`, { cause: error });
      if (texts.length > 1) {
        const half = Math.ceil(texts.length / 2);
        return [...(await embedPart(texts.slice(0, half), purpose)), ...(await embedPart(texts.slice(half), purpose))];
      }
      throw TOO_LONG.test(error.message) ? tooLarge(texts[0] ?? '', facts.model, error) : error;
    }
  };

  return {
    ...facts,
    async embed(texts, purpose) {
      // Halves of surrogate pairs are no Unicode; a service may refuse them.
      const whole = texts.map((text) => text.toWellFormed());
      const tooLong = whole.find((text) => text.length > most.characters);
      if (tooLong !== undefined) throw tooLarge(tooLong, facts.model);
      const asked = whole.flatMap((text, at) => (text.trim() === '' ? [] : [{ text, at }]));
      // A text without any word has no direction, and no model takes it.
      const vectors: Float32Array[] = whole.map(() => firstAxis(facts.dimensions));
      await atMost(AT_ONCE, parts(asked, batch), async (part) => {
        const found = await embedPart(
          part.map(({ text }) => text),
          purpose,
        );
        for (const [i, { at }] of part.entries()) vectors[at] = found[i] ?? firstAxis(facts.dimensions);
      });
      return vectors;
    },
  };
}

const tooLarge = (text: string, model: string, cause?: Error): SluiceError =>
  new SluiceError('too-large', `embedding with ${model}: a text of ${text.length} characters is more than it takes`, { cause });

const firstAxis = (dimensions: number): Float32Array => {
  const vector = new Float32Array(dimensions);
  vector[0] = 1;
  return vector;
};

/** At length one. Throws when the model answers something else than was asked for. */
function vectorsOf(answered: readonly number[][], count: number, dimensions: number): Float32Array[] {
  if (answered.length !== count || answered.some((vector) => vector.length !== dimensions))
    throw new Error(
      `the model answered ${answered.length} vectors of ${answered[0]?.length ?? 0} dimensions instead of ${count} of ${dimensions}`,
    );
  return answered.map((vector) => {
    const length = Math.hypot(...vector);
    return length === 0 ? firstAxis(dimensions) : Float32Array.from(vector, (x) => x / length);
  });
}
