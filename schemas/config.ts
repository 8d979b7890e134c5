import { z } from 'zod';
import { Budgets } from './budgets.ts';
import { Cases } from './cases.ts';
import { Deploy } from './deploy.ts';
import { Describing, SourceDescribing } from './describing.ts';
import { DEPLOYED_EXTRACTION, Extraction } from './extraction.ts';
import { EMBEDDING_MODEL_NAMES, embeddingModel } from './models.ts';
import { Normalising, SourceNormalising } from './normalising.ts';
import { Pii, SourcePii, unknownKinds } from './pii.ts';
import { Quality, SourceQuality } from './quality.ts';
import { Retention } from './retention.ts';
import { OwnRule } from './rules.ts';
import { Screening, SourceScreening } from './screening.ts';
import { setting } from './setting.ts';
import { TagRule } from './tagging.ts';
import { SourcePictures } from './vision.ts';

/** Every setting, with its default, description and example; `docs/configuration.md` is generated from it. */

const positive = z.number().positive();
const count = z.int().positive();
export const Classification = z.enum(['public', 'internal', 'confidential', 'restricted']);
export type Classification = z.infer<typeof Classification>;

/** What documents may be used for. */
export const Purpose = z.enum(['retrieval', 'training', 'analytics']);
export type Purpose = z.infer<typeof Purpose>;

const types = (what: string) =>
  setting(z.array(z.string()).default([]), `Types of personal data and secrets that make a document ${what} (docs/classification.md).`, [
    'CREDIT_CARD',
    'SECRET',
  ]);

const ClassificationRules = z
  .strictObject({
    labels: setting(z.boolean().default(true), 'Whether a label in the file (`CONFIDENTIAL` on a line of its own) classifies it.', false),
    confidential: types('confidential'),
    restricted: types('restricted'),
  })
  .prefault({});
export type ClassificationRules = z.infer<typeof ClassificationRules>;

/** A principal (`user:ana`, `group:hr`, or `public`) that may read a document. */
export const Principal = z.string().regex(/^(public|(user|group):.+)$/, 'a principal is public, user:<name> or group:<name>');
export type Principal = z.infer<typeof Principal>;

const Chunking = z
  .strictObject({
    strategy: setting(
      z.enum(['structural', 'fixed']).default('structural'),
      'How chunk boundaries are chosen: along headings and paragraphs, stable under edits, or windows of equal size.',
    ),
    maxTokens: setting(z.int().min(16).max(8192).default(256), 'Most tokens of a chunk, by the estimate in docs/chunking.md.', 400),
    overlap: setting(
      z.int().min(0).max(4096).default(0),
      'Tokens that a chunk of the `fixed` strategy repeats from the one before; less than maxTokens.',
      32,
    ),
  })
  .refine((chunking) => chunking.overlap < chunking.maxTokens, { path: ['overlap'], error: 'must be less than maxTokens' });

const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, such as eu-central-1');

const Embedding = z
  .strictObject({
    model: setting(
      z.enum(EMBEDDING_MODEL_NAMES).default('lexical'),
      'The embedder. `lexical` is built in: hashed words and character n-grams, offline, and lexical only. The others are models of Amazon Bedrock and need a deployment, where `titan-text-v2` is the default (docs/embedding.md).',
    ),
    dimensions: setting(
      z.int().min(64).max(4096).optional(),
      'Numbers in a vector: 384 unless set for `lexical`, which takes any; 256, 512 or 1024 for `titan-text-v2`, also 1536 for `cohere-embed-v4`, 1024 for the other models. An index keeps the dimensions that it began with.',
      512,
    ),
    encoding: setting(
      z.enum(['float', 'binary']).default('float'),
      'What the numbers are: `binary` has only a sign each, compares like Hamming distance, and is offered by `titan-text-v2`.',
    ),
    regions: setting(
      z.array(Region).default([]),
      "AWS regions whose Bedrock is called. Another than the first is called while that is throttled, down or paused. Empty: the deployment's own.",
      ['eu-central-1', 'eu-west-1'],
    ),
    batchSize: setting(count.default(256), 'Chunks that one embedding event covers.', 64),
  })
  .check(({ value, issues }) => {
    const { dimensions, encodings } = embeddingModel(value.model);
    const wrong = (path: string, message: string) => issues.push({ code: 'custom', path: [path], message, input: value });
    if (value.dimensions !== undefined && dimensions && !dimensions.includes(value.dimensions))
      wrong('dimensions', `${value.model} has ${dimensions.join(', ')}`);
    if (!encodings.includes(value.encoding)) wrong('encoding', `${value.model} has ${encodings.join(', ')}`);
  })
  .transform(({ dimensions, ...rest }) => ({ ...rest, dimensions: dimensions ?? embeddingModel(rest.model).usual }));

const Source = z.strictObject({
  name: setting(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), "The name of the source; part of each document's identity.", 'handbooks'),
  path: setting(z.string(), 'The folder, relative to the configuration file.', './inbox'),
  onFailure: setting(
    z.enum(['keep-last', 'withdraw']).default('keep-last'),
    'What happens to the last good version when a new one is rejected: it stays searchable, or goes.',
  ),
  priority: setting(z.enum(['urgent', 'bulk']).default('bulk'), 'Urgent documents overtake a bulk load.'),
  classification: setting(Classification.default('internal'), 'Classification of documents without a side-car that says so.'),
  access: setting(z.array(Principal).default(['public']), 'Who may read documents without a side-car that says so.', ['group:hr']),
  tags: setting(z.array(z.string()).default([]), 'Tags that every document gets.', ['policy']),
  purposes: setting(
    z.array(Purpose).default(['retrieval']),
    'What its documents may be used for: `search` finds those for `retrieval`, and `export` takes the purpose that `--purpose` says.',
    ['retrieval', 'analytics'],
  ),
  rules: setting(
    z.array(OwnRule).default([]),
    'Rules of your own for this source, made with `documentRule`, `rowRule` or `caseRule` ([quality](quality.md#rules-of-your-own)).',
    [{ over: 'document', name: 'policy-number' }],
  ),
  catalogue: setting(
    z.boolean().exactOptional(),
    'On AWS: a Glue crawler catalogues its tables (CSV, TSV, JSON, NDJSON, Parquet), and Glue Data Quality holds them against its rulesets, when `deploy.catalogueSchedule` says ([DQDL](dqdl.md#in-aws-glue)). Glue is paid by the minute.',
    true,
  ),
  /** What belongs together; without it no case is made. */
  cases: Cases.exactOptional(),
  /** What of `describing` and `tagging` this source has of its own. */
  describing: SourceDescribing.exactOptional(),
  /** What of `normalising` this source has of its own. */
  normalising: SourceNormalising.exactOptional(),
  calls: z
    .strictObject({
      agentChannel: setting(z.union([z.literal(0), z.literal(1)]), 'The channel of the agent, from 0; the other is the customer.', 0),
    })
    .exactOptional()
    .meta({
      description:
        'Its recordings are calls on two channels, which `transcribe` writes down by Call Analytics: who is agent and who customer, and how each turn sounds.',
    }),
  pictures: SourcePictures.prefault({}),
  /** What of `quality` is different for this source. */
  quality: SourceQuality.exactOptional(),
  /** What of `pii` is different for this source. */
  pii: SourcePii.exactOptional(),
  /** What of `screening` is different for this source. */
  screening: SourceScreening.exactOptional(),
});
export type Source = z.infer<typeof Source>;

const Settings = z.strictObject({
  sources: setting(z.array(Source).default([]), 'Folders with rules of their own. Files outside of them belong to the source `files`.', [
    { name: 'handbooks', path: './handbooks' },
  ]),
  chunking: Chunking.prefault({}),
  embedding: Embedding.prefault({}),
  pii: Pii.prefault({}),
  screening: Screening.prefault({}),
  quality: Quality.prefault({}),
  rules: setting(
    z.array(OwnRule).default([]),
    'Rules of your own for all sources, made with `documentRule`, `rowRule` or `caseRule` ([quality](quality.md#rules-of-your-own)).',
    [{ over: 'row', name: 'amount-is-positive' }],
  ),
  tagging: setting(z.array(TagRule).default([]), 'Tags that documents get by what they say; `/` makes a hierarchy.', [
    { tag: 'products/pumps', words: ['pump'] },
  ]),
  describing: Describing.prefault({}),
  normalising: Normalising.prefault({}),
  extraction: Extraction.prefault({}),
  budgets: Budgets.prefault({}),
  intake: z
    .strictObject({
      maxFileMb: setting(positive.default(200), 'Larger files are rejected as `too-large`.', 50),
      maxTableMb: setting(
        positive.default(2_000),
        'As `maxFileMb`, for CSV, TSV, JSON, NDJSON and Parquet where there is a table engine, which does not hold them in memory.',
        500,
      ),
      ignore: setting(
        z
          .array(z.string())
          .default([
            '**/.*',
            '**/~$*',
            '**/*.tmp',
            '**/*.part',
            '**/*.crdownload',
            '**/node_modules/**',
            '**/Thumbs.db',
            '**/sluice.config.*',
          ]),
        'Glob patterns of files and folders that are never read.',
        ['**/.*', '**/archive/**'],
      ),
    })
    .prefault({}),
  parsing: z
    .strictObject({
      processes: setting(count.optional(), 'Parsing child processes; as many as processors unless set.', 2),
      memoryMb: setting(count.default(700), 'Memory above which a parsing process is killed.', 400),
      timeoutSeconds: setting(positive.default(15), 'Time after which a parsing process is killed; half a second per megabyte on top.', 30),
    })
    .prefault({}),
  bus: z
    .strictObject({
      attempts: setting(
        count.default(5),
        'Tries of a message that fails for a reason outside the document, before it is a dead letter.',
        3,
      ),
      visibilitySeconds: setting(positive.default(120), 'Time after which an unanswered message is given to another worker.', 300),
      backoffMs: setting(positive.default(200), 'First step of the exponential backoff with full jitter.', 1000),
    })
    .prefault({}),
  watch: z
    .strictObject({
      quietMs: setting(count.default(120), 'Quiet time after the last change before the folder is looked at.', 500),
      sweepSeconds: setting(positive.default(60), 'Time between full comparisons of folder and ledger while watching.', 600),
    })
    .prefault({}),
  metrics: z
    .strictObject({
      keepDays: setting(positive.default(30), 'Days for which the figures of one machine are kept.', 90),
    })
    .prefault({}),
  classification: ClassificationRules,
  retention: Retention,
  search: z
    .strictObject({
      top: setting(count.default(10), 'Hits unless `--top` says otherwise.', 5),
      mode: setting(
        z.enum(['hybrid', 'vector', 'keyword']).optional(),
        'Search mode unless `--mode` says otherwise. Unset: hybrid where the store has keywords, else vector.',
        'vector',
      ),
    })
    .prefault({}),
  server: z
    .strictObject({
      port: setting(z.int().min(0).max(65535).default(4400), 'Loopback port of the page that `start` serves; 0 takes a free one.', 8080),
    })
    .prefault({}),
  deploy: Deploy.prefault({}),
});

export const Config = Settings.check(({ value: { chunking, embedding, pii, sources }, issues }) => {
  const { chunkTokens } = embeddingModel(embedding.model);
  for (const kind of unknownKinds(pii, sources))
    issues.push({
      code: 'custom',
      path: ['pii', 'types'],
      message: `nothing finds ${kind}; docs/masking.md has the kinds`,
      input: kind,
    });
  if (chunking.maxTokens > chunkTokens)
    issues.push({
      code: 'custom',
      path: ['chunking', 'maxTokens'],
      message: `${embedding.model} takes chunks of at most ${chunkTokens}`,
      input: chunking.maxTokens,
    });
});
export type Config = z.infer<typeof Config>;
/** What a user writes: every field may be left out. */
export type UserConfig = z.input<typeof Config>;

/** Functions carry no recogniser of their own. */
const Deployed = Config.check(({ value: { extraction }, issues }) => {
  if (extraction.ocr === 'local')
    issues.push({
      code: 'custom',
      path: ['extraction', 'ocr'],
      message: 'a deployment reads pictures by textract, or none',
      input: 'local',
    });
  if (extraction.speech === 'command')
    issues.push({
      code: 'custom',
      path: ['extraction', 'speech'],
      message: 'a deployment writes recordings down by transcribe, or none',
      input: 'command',
    });
});

/** The settings of a deployment to AWS, where the embedder is Titan unless the user says otherwise. */
export const deployedConfig = (config: UserConfig): Config =>
  Deployed.parse({
    ...config,
    embedding: { model: 'titan-text-v2', ...config.embedding },
    extraction: { ...DEPLOYED_EXTRACTION, ...config.extraction },
  });

/** Types a `sluice.config.ts`: `export default defineConfig({ ... })`. */
export const defineConfig = (config: UserConfig): UserConfig => config;

/** The source of files that no declared source has. */
export const DEFAULT_SOURCE: Source = Source.parse({ name: 'files', path: '.' });
