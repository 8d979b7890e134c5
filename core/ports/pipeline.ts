import type { Purpose } from '#schemas/config.ts';
import type { ErasureCandidate, ErasureCertificate } from '#schemas/records/erasure.ts';
import type { DocumentState } from '#schemas/records/head.ts';
import type { ExportedChunk, Reconciliation } from '#schemas/records/operations.ts';
import type { DocumentRecord, DocumentStory, HeldRecord, PipelineOverview } from '#schemas/records/pipeline-view.ts';
import type { QualityReport } from '#schemas/records/quality-report.ts';
import type { ReviewRequest } from '#schemas/records/review.ts';
import type { SearchRequest, SearchResult } from '#schemas/records/search.ts';
import type { Summary } from '../tally.ts';
import type { LetterCount } from './dead-letters.ts';

/** Told while documents are waited for. */
export type Listener = {
  /** So many documents more will be worked on. */
  total(more: number): void;
  /** So many of them are done. */
  done(count: number): void;
};

/** `problems`: what went wrong, a line each. `isWhole`: every file that was named could be looked at. */
export type PassResult = { summary: Summary; problems: string[]; isWhole: boolean };

export type IngestRequest = {
  /** Files and folders of this machine. */
  names: readonly string[];
  /** Believe a missing or empty folder. */
  allowEmpty: boolean;
  /** Where in a deployed pipeline's inbox they go; unless said, where they stand below the working folder. */
  prefix?: string;
  /** Remove from a deployed pipeline's inbox what the named folders no longer have. */
  deletes: boolean;
};

/** Documents by id, uri, path or key, and a person by an identifier; what either leads to. */
export type ErasureRequest = { documents: readonly string[]; subject?: string | undefined };

/**
 * A pipeline as the command line uses it: one in a data directory of this machine, or a deployed one. What it needs is
 * opened when it is first used. Throws coded errors alone.
 */
export type Pipeline = {
  search(request: SearchRequest): Promise<SearchResult>;
  overview(): Promise<Omit<PipelineOverview, 'watched' | 'embedder'> & { embedder: { model: string; dimensions: number } }>;
  /** The last changed first; of no states: all. */
  documents(states: readonly DocumentState[], most: number): Promise<DocumentRecord[]>;
  /** Documents that wait for a person's decision, the last changed first. */
  held(most: number): Promise<HeldRecord[]>;
  /**
   * Releases or rejects a held document, and answers where it stands then. Throws `not-found`, and `invalid-input` for one
   * that does not wait.
   */
  review(request: ReviewRequest): Promise<DocumentRecord>;
  /** How often rules spoke and reviewers agreed, and how documents stand; of one source, or of all. */
  quality(source?: string): Promise<QualityReport>;
  /** By id, uri, path or key; undefined: there is no such document. */
  story(name: string): Promise<DocumentStory | undefined>;
  /** Of documents that may be used for this alone; for `retrieval` unless said. */
  chunks(source?: string, purpose?: Purpose): AsyncIterable<ExportedChunk>;
  reconcile(): Promise<Reconciliation>;
  /** Brings the index in step with files, and waits until every document has an end state. */
  ingest(request: IngestRequest, listener: Listener): Promise<PassResult>;
  /** Runs a source's documents again, and waits for them. Throws `not-found` when it has none. */
  refresh(source: string, listener: Listener): Promise<PassResult>;
  /** Puts dead letters back into their queues. */
  redrive(stage: string | undefined): Promise<LetterCount[]>;
  /** What an erasure would remove. Throws `not-found` for a document that there is not. */
  erasable(request: ErasureRequest): Promise<ErasureCandidate[]>;
  /** Removes it from everything that is kept, for good. Throws `not-found` when there is nothing to remove. */
  erase(request: ErasureRequest): Promise<ErasureCertificate>;
  close(): Promise<void>;
};
