import type { DocumentId } from '#schemas/records/ids.ts';

/**
 * What documents may have in common. `identifier`: personal data that was found in them. `copy`: long stretches of text.
 * `case`: the case that they are a part of. `name`: by what others mean them; `reference`: what they mean; `address`: the same, where
 * it may lie outside of what is indexed. `topic`: the source whose
 * profile they are a part of. `released`:
 * passages that a person let pass. `erased`: the bytes of what was erased. Keys are keyed hashes, or tell as little.
 */
export type TraceKind = 'identifier' | 'copy' | 'case' | 'name' | 'reference' | 'address' | 'topic' | 'released' | 'erased';

/** What a generation of a document leaves. `note` is kept beside the keys, and given back with each document that has one of them. */
export type Trace = { keys: readonly string[]; note: string };

/** An index of documents by what they have in common, beside the ledger: part of the transaction where the world can do so. */
export type Traces = {
  /** Replaces what the generation had of this kind; without keys it has none. */
  put(document: DocumentId, generation: number, kind: TraceKind, trace: Trace): Promise<void>;
  /** The newest generation's; undefined: the document has none. */
  of(document: DocumentId, kind: TraceKind): Promise<Trace | undefined>;
  /** Documents that have one of the keys in any of their generations, with the note of one of these; at most `most`: of one key those with the lowest ids. */
  sharing(kind: TraceKind, keys: readonly string[], most: number): Promise<Map<DocumentId, string>>;
  /** Removes what the generations up to this one have of these kinds. */
  forget(document: DocumentId, kinds: readonly TraceKind[], upTo: number): Promise<void>;
};
