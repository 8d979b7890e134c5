import type { z } from 'zod';
import type { DocumentId, WorkKey } from '#schemas/records/ids.ts';

/** Intermediate results between stages. Keys name what shaped the value, so writing twice is writing once. */
export type WorkStore = {
  /** Throws `not-found` when it is gone; the document is then run again from its source. The caller must not change the answer. */
  read<T>(key: WorkKey, schema: z.ZodType<T>): Promise<T>;
  write(key: WorkKey, value: object): Promise<void>;
  /** Removes all of a generation; those before it may still be on their way. */
  remove(document: DocumentId, generation: number): Promise<void>;
  /** Removes all of a generation, and of those before it. */
  removeUpTo(document: DocumentId, generation: number): Promise<void>;
};
