import type { DocumentId } from '#schemas/records/ids.ts';

/** What tokens stand for: apart from everything else, under a key of its own. Nothing of the pipeline reads it. */
export type Vault = {
  /** Replaces what the tokens of a document stand for; without values it has none. */
  keep(document: DocumentId, values: ReadonlyMap<string, string>): Promise<void>;
  forget(document: DocumentId): Promise<void>;
};
