import { z } from 'zod';

export const PartKind = z.enum(['document', 'mail', 'table', 'photo', 'recording']);
export type PartKind = z.infer<typeof PartKind>;

/** A document of a case as people are shown it. */
export type PartRecord = {
  documentId: string;
  uri: string;
  kind: PartKind;
  title: string | null;
  /** ISO 8601, as its metadata has it. */
  date: string | null;
  /** Null: what search serves of it is in the case. */
  leftOut: 'held' | 'rejected' | 'failed' | null;
};
