import type { DocumentId } from '#schemas/records/ids.ts';
import type { Evidence, RuleScore } from '#schemas/records/review.ts';
import type { Trace } from './ports/traces.ts';

/**
 * Every code that may cross a queue, with what is at fault. `reject`: the document (never retried, shown with its
 * reason). `retry`: the world (backed off, then dead-lettered). `usage`: the caller or the configuration. Anything
 * that is not a SluiceError is a bug. Each code has a page `docs/errors/<code>.md`.
 */
export const ERROR_CODES = {
  empty: 'reject',
  encrypted: 'reject',
  corrupt: 'reject',
  truncated: 'reject',
  'type-mismatch': 'reject',
  'unsupported-format': 'reject',
  'unsupported-encoding': 'reject',
  'archive-bomb': 'reject',
  'too-large': 'reject',
  'too-complex': 'reject',
  'no-text': 'reject',
  'parse-timeout': 'reject',
  'parse-memory': 'reject',
  'parser-crashed': 'reject',
  'invalid-sidecar': 'reject',
  poisoned: 'reject',
  erased: 'reject',
  'rejected-by-reviewer': 'reject',
  'rejected-by-rule': 'reject',
  'too-many-hops': 'reject',
  'awaiting-transcript': 'reject',
  throttled: 'retry',
  timeout: 'retry',
  unavailable: 'retry',
  conflict: 'retry',
  growing: 'retry',
  paused: 'retry',
  superseded: 'retry',
  'source-unavailable': 'retry',
  'access-denied': 'usage',
  'data-dir-in-use': 'usage',
  'data-dir-newer': 'usage',
  'data-dir-corrupt': 'usage',
  'embedder-mismatch': 'usage',
  'invalid-config': 'usage',
  'invalid-event': 'usage',
  'invalid-filter': 'usage',
  'invalid-input': 'usage',
  'invalid-pattern': 'usage',
  'invalid-rules': 'usage',
  'not-found': 'usage',
  'node-too-old': 'usage',
} as const satisfies Record<string, 'reject' | 'retry' | 'usage'>;

export type ErrorCode = keyof typeof ERROR_CODES;
export type ErrorKind = 'reject' | 'retry' | 'usage' | 'bug';

/**
 * An error that a person or a queue can act on. `message` is the action and the values
 * (`reading inbox/a.pdf: encrypted (owner password)`) and must hold no document content.
 */
export class SluiceError extends Error {
  override readonly name = 'SluiceError';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code] === 'retry';
  }
}

/** Thrown by a stage whose rules reject a document. */
export class RuledOut extends SluiceError {
  /** The rules that say so, the weightiest first. */
  readonly rules: readonly RuleScore[];

  constructor(message: string, rules: readonly RuleScore[]) {
    super('rejected-by-rule', message);
    this.rules = rules;
  }
}

/** Waiting that is nobody's failure: the message is given again as often as it takes, and no attempt is counted. */
const UNCOUNTED: ReadonlySet<ErrorCode> = new Set(['growing', 'paused']);

export const spendsNoAttempt = (error: unknown): boolean => error instanceof SluiceError && UNCOUNTED.has(error.code);

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_CODES, code);

export const errorKind = (error: unknown): ErrorKind => (error instanceof SluiceError ? ERROR_CODES[error.code] : 'bug');

/** `checks`: what each rule gave, those that passed included. `preview`: the text as a reviewer may see it, personal data redacted. */
/** `identifiers`: keyed hashes of the people in it, who may ask for its erasure while it waits. */
/** `evidence`: the passages that weigh most. */
export type HeldFacts = {
  checks?: Record<string, number>;
  preview?: string;
  identifiers?: readonly string[];
  evidence?: readonly Evidence[];
  /** By which near-copies find it: what the stage left itself is taken back with its transaction. */
  copy?: Trace;
  /** Documents that passed before it was known what they are a part of. */
  early?: readonly DocumentId[];
};

/** Thrown by a stage that sets a document aside for a person's decision. `message` holds no document content. */
export class Held extends Error {
  override readonly name = 'Held';
  /** The rules that say so, the weightiest first. */
  readonly rules: readonly string[];
  readonly score: number;
  readonly facts: HeldFacts;

  constructor(rules: readonly string[], score: number, message: string, facts: HeldFacts = {}) {
    super(message);
    this.rules = rules;
    this.score = score;
    this.facts = facts;
  }
}
