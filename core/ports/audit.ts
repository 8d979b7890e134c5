import type { DocumentId } from '#schemas/records/ids.ts';

/** One thing that happened to a document: the event's name and its small facts, never content or names. */
export type AuditEntry = { document: DocumentId; generation: number; at: string; event: string; facts: Record<string, unknown> };

export type Audit = {
  append(entries: readonly AuditEntry[]): Promise<void>;
};
