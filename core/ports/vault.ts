import type { DocumentId } from '#schemas/records/ids.ts';
import type { Detokenised, VaultRead } from '#schemas/records/vault.ts';

/** What tokens stand for: apart from everything else, under a key of its own. Nothing of the pipeline reads it. */
export type Vault = {
  /** Replaces what the tokens of a document stand for; without values it has none. `key`: id of the key that they were made with. */
  keep(document: DocumentId, values: ReadonlyMap<string, string>, key: string): Promise<void>;
  forget(document: DocumentId): Promise<void>;
};

/** For people who have to turn a token back, with rights of their own. */
export type VaultReader = {
  /** In the order of the tokens. Each look is noted before any is answered. */
  detokenise(tokens: readonly string[], reason: string): Promise<Detokenised[]>;
  /** Who looked, the oldest first. */
  reads(): Promise<VaultRead[]>;
};
