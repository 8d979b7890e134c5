import type { ErrorCode } from '#core/errors.ts';

/** What passes between the main thread and the threads that hold a connection. */
export type SqlValue = null | number | string | Uint8Array;
export type Row = Record<string, SqlValue>;

/**
 * One write. `changes`: how many rows it must change, else the whole commit conflicts. `last`: it runs after the others
 * of all the commits that share its transaction.
 */
export type Statement = { sql: string; params: readonly SqlValue[]; changes?: number; last?: true };

export type Request = { kind: 'all'; sql: string; params: readonly SqlValue[] } | { kind: 'commit'; statements: readonly Statement[] };
export type Answer = { rows: Row[] } | { error: { code: ErrorCode | 'bug'; message: string } };

export type Post<R> = { id: number; request: R };
export type Reply<A> = { id: number; answer: A };
