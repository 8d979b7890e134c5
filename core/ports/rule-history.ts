import type { DocumentId } from '#schemas/records/ids.ts';

/** What one judgement of a table measured, by the names of what was measured. */
export type Measured = Readonly<Record<string, number>>;

/** The generation of a document whose table was judged, by which ruleset of which source. */
export type Judgement = { source: string; ruleset: string; document: DocumentId; generation: number };

/** What rulesets measured of the tables of a source: what rules that compare with former values look back at. */
export type RuleHistory = {
  /** The newest `most` of a source and a ruleset but for this very judgement, oldest first. */
  before(judgement: Judgement, most: number): Promise<Measured[]>;
  /** Puts what a judgement measured in the place of what it measured before; the oldest beyond `most` may go. Part of the transaction. */
  put(judgement: Judgement, at: number, measured: Measured, most: number): Promise<void>;
  /** Removes what was measured of a document. */
  forget(document: DocumentId): Promise<void>;
};
