import type { StageName } from './routes.ts';

/**
 * The deployed functions, and what each may reach. The stacks turn a grant into an environment variable and the
 * permissions for exactly that resource; `adapters/aws/environment.ts` reads the same variables.
 */
export type FunctionName = StageName | 'api' | 'sweep';

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
  /** Key of the deployed configuration in the work bucket. */
  config: 'SLUICE_CONFIG_KEY',
} as const;
export type Resource = keyof typeof RESOURCE_VARIABLES;

export type Grant =
  | `${'ledger' | 'embeddings' | 'audit' | 'inbox' | 'work' | 'vectors'}:${'read' | 'write'}`
  | 'limits:write'
  | 'bus:publish'
  /** Take from, give back to and bury the messages of the function's own queues. */
  | 'queues:own'
  /** Send a hint to detect-change: a source's object has to be looked at (again). */
  | 'queues:hint'
  /** Count messages, and move dead letters back. */
  | 'queues:redrive'
  | 'store-key:read'
  | 'config:read'
  /** Services without a resource of ours. */
  | 'model:embed';

/** What every stage does: reads and writes heads, hands results on, publishes, gives messages back. */
const STAGE: readonly Grant[] = ['ledger:write', 'work:write', 'config:read', 'bus:publish', 'queues:own', 'queues:hint'];

export const GRANTS: Record<FunctionName, readonly Grant[]> = {
  'detect-change': [...STAGE, 'inbox:read', 'store-key:read'],
  validate: [...STAGE, 'inbox:read'],
  'extract-text': [...STAGE, 'inbox:read'],
  'extract-table': [...STAGE, 'inbox:read'],
  assess: STAGE,
  screen: STAGE,
  mask: STAGE,
  chunk: [...STAGE, 'store-key:read'],
  embed: [...STAGE, 'embeddings:write', 'limits:write', 'model:embed'],
  index: [...STAGE, 'embeddings:read', 'vectors:write'],
  measure: ['audit:write', 'ledger:read', 'config:read', 'queues:own'],
  api: [
    'ledger:read',
    'audit:read',
    'vectors:read',
    'inbox:write',
    'config:read',
    'store-key:read',
    'limits:write',
    'model:embed',
    'queues:hint',
    'queues:redrive',
  ],
  sweep: ['ledger:write', 'inbox:read', 'config:read', 'store-key:read', 'bus:publish', 'queues:hint'],
};
