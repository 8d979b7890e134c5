import type { DocumentState } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { DocumentRecord, DocumentStory, HeldRecord, PipelineOverview } from '#schemas/records/pipeline-view.ts';
import type { SearchRequest, SearchResult } from '#schemas/records/search.ts';

export type DocumentQuery = {
  /** None means all. */
  states: readonly DocumentState[];
  /** Part of a path or native id, in any case. */
  text?: string;
  limit: number;
  offset: number;
};

/**
 * What can be seen of a pipeline from outside, without changing it. Each answer shows one moment; two answers may show
 * two. An answer that fails may be asked for again. Everything but `search` is the operator's view: it shows the names
 * and states of all documents, whoever may read them, what was told of them, and the masked previews of what is held.
 */
export type PipelineView = {
  overview(): Promise<PipelineOverview>;
  /** The last changed first; equal times in the order of ids, so that pages never overlap. Fewer than `limit`: no more. */
  documents(query: DocumentQuery): Promise<DocumentRecord[]>;
  /** Documents that wait for a person, the last changed first. */
  held(query: { limit: number; offset: number }): Promise<HeldRecord[]>;
  /** Those of the documents that there are, in no order. */
  documentsById(ids: readonly DocumentId[]): Promise<DocumentRecord[]>;
  /** Undefined: there is none. Of a long story the newest events. */
  document(id: DocumentId): Promise<DocumentStory | undefined>;
  /** Throws `invalid-filter` for a field that cannot be filtered on. Only what `principals` may read is found. */
  search(request: SearchRequest): Promise<SearchResult>;
  /**
   * Calls the listener with each document that may have changed, after the change can be read. Calls may be repeated and
   * come in storms; the listener must be quick. Returns what ends the subscription.
   */
  subscribe(listener: (document: DocumentId) => void): () => void;
};

/** A view that is asked and never tells by itself: that of a deployed pipeline. */
export type PipelineReader = Omit<PipelineView, 'subscribe'>;
