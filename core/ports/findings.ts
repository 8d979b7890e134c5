import type { DocumentId } from '#schemas/records/ids.ts';

/** `ask`: what services said that are paid by the call, whichever stage asked them. */
export type FindingStage = 'screen' | 'mask' | 'ask';

/**
 * What a stage saw in the parts of a document's text last time: types, weights and offsets under keyed hashes of the parts,
 * and nothing of the text itself. It saves work and decides nothing: what is gone is found again.
 */
export type FindingsCache = {
  /** Characters of a document from which looking through it again costs more than keeping what was found. */
  readonly least: number;
  of(document: DocumentId, stage: FindingStage): Promise<string | undefined>;
  /** Replaces what is kept of this document and stage. */
  put(document: DocumentId, stage: FindingStage, findings: string): Promise<void>;
  /** Removes all that is kept of the document. */
  forget(document: DocumentId): Promise<void>;
};
