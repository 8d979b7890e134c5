import { z } from 'zod';
import type { StageName } from './routes.ts';

/**
 * The deployed functions, and what each may reach. The stacks turn a grant into an environment variable and the
 * permissions for exactly that resource; `adapters/aws/environment.ts` reads the same variables.
 */
export type FunctionName = StageName | 'api' | 'sweep' | typeof CATALOGUE | typeof DETOKENISE;

/** Has AWS Glue judge catalogued tables, and counts what it says; there only where a source asks for it. */
export const CATALOGUE = 'catalogue';

/** Turns tokens back; there only where the configuration asks for a vault. */
export const DETOKENISE = 'detokenise';

/** Environment variables, by resource. */
export const RESOURCE_VARIABLES = {
  /** Heads, manifests, steps, batches, configuration revisions. */
  ledger: 'SLUICE_LEDGER_TABLE',
  embeddings: 'SLUICE_EMBEDDINGS_TABLE',
  audit: 'SLUICE_AUDIT_TABLE',
  /** Circuits and rate budgets that all containers share. */
  limits: 'SLUICE_LIMITS_TABLE',
  inbox: 'SLUICE_INBOX_BUCKET',
  work: 'SLUICE_WORK_BUCKET',
  bus: 'SLUICE_BUS_NAME',
  /** What every queue's URL begins with: `<prefix><stage>-<lane>`, and `-dlq` behind it for its dead letters. */
  queues: 'SLUICE_QUEUE_PREFIX',
  /** ARN of the S3 Vectors index. */
  vectors: 'SLUICE_VECTOR_INDEX_ARN',
  /** Name of the SecureString parameter with the store key. */
  'store-key': 'SLUICE_STORE_KEY_PARAMETER',
  /** What the names of the secrets with keys of tokens begin with; there only where some policy gives tokens. */
  'token-key': 'SLUICE_TOKEN_KEY_SECRETS',
  /** Where tokens and what they stand for are, as JSON: `VaultPlace`. */
  vault: 'SLUICE_VAULT',
  /** Key of the deployed configuration in the work bucket. */
  config: 'SLUICE_CONFIG_KEY',
  /** Where Textract says that a job ended, as JSON: `OcrJobs`. */
  ocr: 'SLUICE_OCR',
  /** What a task is started with, as JSON: `TaskPlace`. */
  task: 'SLUICE_TASK',
  /** Where Glue judges tables, as JSON: `CataloguePlace`. */
  catalogue: 'SLUICE_CATALOGUE',
} as const;
export type Resource = keyof typeof RESOURCE_VARIABLES;

/** Resources that a deployment has where its configuration asks for them: a function may be granted one that is not there. */
export const ASKED_FOR: readonly Resource[] = ['token-key', 'vault', 'task', 'catalogue'];

export type Grant =
  | `${'ledger' | 'embeddings' | 'audit' | 'inbox' | 'work' | 'vectors'}:${'read' | 'write'}`
  /** The names of objects, and nothing of what is in them. */
  | 'inbox:list'
  | 'limits:write'
  | 'bus:publish'
  /** Take from, give back to and bury the messages of the function's own queues. */
  | 'queues:own'
  /** Send a hint to detect-change: a source's object has to be looked at (again). */
  | 'queues:hint'
  /** Count dead letters. */
  | 'queues:count'
  /** Count messages, and move dead letters back. */
  | 'queues:redrive'
  | 'store-key:read'
  | 'token-key:read'
  /** Keep what tokens stand for, which takes no key that opens it. */
  | 'vault:write'
  /** Take out of the vault what a document gave, unread. */
  | 'vault:forget'
  /** Open what tokens stand for, and note each look. */
  | 'vault:read'
  | 'config:read'
  /** Services without a resource of ours. */
  | 'ocr:page'
  /** Begin and read jobs of many pages; their end is told by the topic. */
  | 'ocr:job'
  /** Begin and read jobs; they read the inbox and write to the work bucket with the caller's rights. */
  | 'speech:job'
  /** Begin and look at tasks. */
  | 'task:run'
  /** Bury what a task could not do among the dead letters of `run-task`. */
  | 'queues:bury-task'
  | 'model:embed'
  /** Amazon Comprehend and a guardrail, where the configuration names them; else the grant allows nothing. */
  | 'comprehend:language'
  | 'comprehend:describe'
  | 'comprehend:pii'
  | 'guardrail:apply'
  | 'judge:ask'
  /** Show pictures to a multimodal model and to Rekognition, where the configuration lets some be shown; else it allows nothing. */
  | 'vision:look'
  /** Read the catalogue's tables, begin to judge them, and read results. */
  | 'catalogue:judge';

/** The topic where Textract says that a job ended, and the role by which it may. */
export const OcrJobs = z.object({ topicArn: z.string(), roleArn: z.string() });
export type OcrJobs = z.infer<typeof OcrJobs>;

/** The vault's table, and the key that the keys of its values are under. */
export const VaultPlace = z.object({ table: z.string(), key: z.string() });
export type VaultPlace = z.infer<typeof VaultPlace>;

/** What a task is started with, and where. */
export const TaskPlace = z.object({
  cluster: z.string(),
  taskDefinition: z.string(),
  container: z.string(),
  subnets: z.array(z.string()),
  securityGroups: z.array(z.string()),
  assignPublicIp: z.boolean(),
});
export type TaskPlace = z.infer<typeof TaskPlace>;

/** What every stage does: reads and writes heads, hands results on, publishes, gives messages back. */
const STAGE: readonly Grant[] = ['ledger:write', 'work:write', 'config:read', 'bus:publish', 'queues:own', 'queues:hint'];

export const GRANTS: Record<FunctionName, readonly Grant[]> = {
  'detect-change': [...STAGE, 'inbox:read', 'store-key:read'],
  /** Knows what was erased, and who is in a document, by keyed hashes. */
  validate: [...STAGE, 'inbox:read', 'store-key:read'],
  /** Archives and mails have files of their own, of which some may have been erased. */
  'extract-text': [...STAGE, 'inbox:read', 'store-key:read', 'limits:write', 'ocr:page', 'ocr:job'],
  'extract-table': [...STAGE, 'inbox:read'],
  'extract-image': [...STAGE, 'inbox:read', 'limits:write', 'ocr:page', 'ocr:job', 'vision:look'],
  'extract-media': [...STAGE, 'inbox:read', 'limits:write', 'speech:job'],
  'run-task': [...STAGE, 'task:run'],
  resume: STAGE,
  /** Keeps who is in a document that it holds, by keyed hashes. The bytes of a picture are for rules of the user's own. */
  assess: [...STAGE, 'store-key:read', 'inbox:read', 'limits:write', 'comprehend:language', 'vision:look'],
  screen: [...STAGE, 'store-key:read', 'limits:write', 'comprehend:pii', 'guardrail:apply', 'judge:ask'],
  mask: [...STAGE, 'store-key:read', 'token-key:read', 'vault:write', 'limits:write', 'comprehend:pii'],
  fuse: STAGE,
  /** Knows by keyed hashes how documents are named. */
  describe: [...STAGE, 'store-key:read', 'limits:write', 'comprehend:describe'],
  chunk: [...STAGE, 'store-key:read'],
  embed: [...STAGE, 'embeddings:write', 'limits:write', 'model:embed'],
  /** Knows by keyed hashes what belongs to a case. */
  index: [...STAGE, 'store-key:read', 'embeddings:read', 'vectors:write', 'vault:forget'],
  measure: ['audit:write', 'ledger:read', 'config:read', 'queues:own'],
  /** Writes what reviewers decide, publishes what follows from it, and erases. */
  api: [
    'ledger:write',
    'work:write',
    'bus:publish',
    'audit:write',
    'vectors:write',
    'embeddings:write',
    'inbox:write',
    'config:read',
    'store-key:read',
    'limits:write',
    'model:embed',
    'queues:hint',
    'queues:redrive',
    'vault:forget',
  ],
  /** What functions that died owed is published and deleted by the sweep, vectors and intermediate results included. */
  sweep: [
    'ledger:write',
    'work:write',
    'vectors:write',
    'inbox:read',
    'config:read',
    'store-key:read',
    'bus:publish',
    'queues:hint',
    'queues:count',
  ],
  /** Sees nothing of the pipeline: its configuration says who may ask. */
  [DETOKENISE]: ['vault:read', 'config:read'],
  [CATALOGUE]: ['ledger:read', 'config:read', 'inbox:list', 'catalogue:judge'],
};

/** What runs outside of functions: an extractor with more memory and time. */
export const TASK = 'task';
export type ProgramName = FunctionName | typeof TASK;
export const grantsOf = (name: ProgramName): readonly Grant[] => (name === TASK ? TASK_GRANTS : GRANTS[name]);

export const TASK_GRANTS: readonly Grant[] = [
  'ledger:write',
  'work:write',
  'config:read',
  'bus:publish',
  'queues:hint',
  'queues:bury-task',
  'inbox:read',
  'store-key:read',
  'limits:write',
  'ocr:page',
  'ocr:job',
];
