/**
 * The embedding models that a configuration may name, with what the services say of them: the settings are checked against
 * this table, and permissions name exactly these models.
 */
export type EmbeddingModel = {
  /** Model id in Bedrock; undefined: built in. */
  id: string | undefined;
  /** How a request is written. */
  request: 'built-in' | 'titan' | 'cohere-v3' | 'cohere-v4';
  /** Dimensions that it offers; undefined: any. */
  dimensions: readonly number[] | undefined;
  /** Dimensions unless set. */
  usual: number;
  encodings: readonly ('float' | 'binary')[];
  /** Texts of one call. */
  batch: number;
  /** A longer text is refused: characters, and tokens where the service counts them. */
  most: { characters: number; tokens: number };
  /** Chunks may have so many tokens by our estimate; heading path and table header come on top. */
  chunkTokens: number;
  /** AWS's usual quota of an account and region: what the shared budget holds unless set. */
  perMinute: { requests: number; tokens: number };
};

const cohere = { batch: 96, encodings: ['float'], perMinute: { requests: 2_000, tokens: 300_000 } } as const;
const cohereV3 = {
  ...cohere,
  request: 'cohere-v3',
  dimensions: [1024],
  usual: 1024,
  most: { characters: 2_048, tokens: 512 },
  chunkTokens: 300,
} as const;

export const EMBEDDING_MODELS = {
  lexical: {
    id: undefined,
    request: 'built-in',
    dimensions: undefined,
    usual: 384,
    encodings: ['float'],
    batch: Number.POSITIVE_INFINITY,
    most: { characters: Number.POSITIVE_INFINITY, tokens: Number.POSITIVE_INFINITY },
    chunkTokens: Number.POSITIVE_INFINITY,
    perMinute: { requests: Number.POSITIVE_INFINITY, tokens: Number.POSITIVE_INFINITY },
  },
  'titan-text-v2': {
    id: 'amazon.titan-embed-text-v2:0',
    request: 'titan',
    dimensions: [256, 512, 1024],
    usual: 1024,
    encodings: ['float', 'binary'],
    batch: 1,
    most: { characters: 50_000, tokens: 8_192 },
    chunkTokens: 6_000,
    perMinute: { requests: 6_000, tokens: 300_000 },
  },
  'cohere-embed-english-v3': { id: 'cohere.embed-english-v3', ...cohereV3 },
  'cohere-embed-multilingual-v3': { id: 'cohere.embed-multilingual-v3', ...cohereV3 },
  'cohere-embed-v4': {
    id: 'cohere.embed-v4:0',
    ...cohere,
    request: 'cohere-v4',
    dimensions: [256, 512, 1024, 1536],
    usual: 1024,
    most: { characters: 512_000, tokens: 128_000 },
    chunkTokens: 8_192,
  },
} as const satisfies Record<string, EmbeddingModel>;

export type EmbeddingModelName = keyof typeof EMBEDDING_MODELS;
export const EMBEDDING_MODEL_NAMES = Object.keys(EMBEDDING_MODELS) as EmbeddingModelName[];

export const embeddingModel = (name: EmbeddingModelName): EmbeddingModel => EMBEDDING_MODELS[name];

/** What of `Config.embedding` says which model is called where. */
type Choice = { model: EmbeddingModelName; regions: readonly string[] };

/** Regions whose Bedrock a deployment in `home` calls, the first before the others; none for a built-in model. */
export const embeddingRegions = ({ model, regions }: Choice, home: string): readonly string[] => {
  if (embeddingModel(model).id === undefined) return [];
  return regions.length === 0 ? [home] : [...new Set(regions)];
};

/** ARNs of exactly the models that embedding calls. */
export const embeddingModelArns = (choice: Choice, { partition, region }: { partition: string; region: string }): string[] =>
  embeddingRegions(choice, region).map((where) => `arn:${partition}:bedrock:${where}::foundation-model/${embeddingModel(choice.model).id}`);

/** ARN of a model that is named by its id: of that which may see pictures, of that which judges. */
export const modelArn = (
  { model, region }: { model: string; region?: string | undefined },
  { partition, region: home }: { partition: string; region: string },
): string => `arn:${partition}:bedrock:${region ?? home}::foundation-model/${model}`;

/** ARN of a guardrail that is named by its id; an ARN stays as it is. */
export const guardrailArn = (id: string, { partition, region, account }: { partition: string; region: string; account: string }): string =>
  id.startsWith('arn:') ? id : `arn:${partition}:bedrock:${region}:${account}:guardrail/${id}`;

type Recognisers = { readonly recognisers?: readonly { endpoint: string }[] | undefined };

/** ARNs of the endpoints of all recognisers of personal data that a configuration names. */
export const recogniserEndpoints = ({ pii, sources }: { pii: Recognisers; sources: readonly { pii?: Recognisers }[] }): string[] => [
  ...new Set([pii, ...sources.map((source) => source.pii)].flatMap((of) => of?.recognisers ?? []).map(({ endpoint }) => endpoint)),
];
