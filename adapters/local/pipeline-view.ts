import { documentRecord } from '#core/document-record.ts';
import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import { relatedTo } from '#core/linking/related.ts';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import { heldRecord } from '#core/review/held-record.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { headsById, listDocuments } from './document-listing.ts';
import { newestEvents, overview } from './inspect.ts';
import type { Reader } from './reader.ts';
import { relatedReading } from './related-reading.ts';

/** Events of a story that are shown; a document that changes every minute gathers thousands. */
const EVENTS = 300;

type Source<T> = (listener: (value: T) => void) => () => void;

export type LocalPipelineViewOptions = {
  reader: Reader;
  /** Every event, once it is durable. */
  events: Source<BusEvent>;
  /** Documents of which a message was given up: no event tells of that. */
  failures?: Source<DocumentId>;
  /** Folders that are being watched. */
  watched?: readonly string[];
};

const descriptionOf = (model: string, dimensions: number): string => {
  if (dimensions === 0) return '';
  const lexical = lexicalEmbedder({ dimensions });
  return lexical.model === model ? lexical.description : '';
};

export function localPipelineView({ reader, events, failures, watched = [] }: LocalPipelineViewOptions): PipelineView {
  return {
    async overview() {
      const { embedder, ...told } = await overview(reader);
      return {
        ...told,
        embedder: { ...embedder, description: descriptionOf(embedder.model, embedder.dimensions) },
        watched: [...watched],
      };
    },
    documents: async (query) => (await listDocuments(reader, query)).map(documentRecord),
    held: async (query) => (await listDocuments(reader, { states: ['held'], ...query })).map(heldRecord),
    documentsById: async (ids) => (await headsById(reader, ids)).map(documentRecord),
    async document(id) {
      const [head] = await headsById(reader, [id]);
      if (!head) return undefined;
      const [newest, related] = await Promise.all([newestEvents(reader, id, EVENTS + 1), relatedTo(head, relatedReading(reader))]);
      return { ...documentRecord(head), events: newest.slice(-EVENTS), isCut: newest.length > EVENTS, ...related };
    },
    search: (request) => reader.search(request),
    subscribe(listener) {
      const ends = [
        events((event) => {
          if (event.source === 'sluice') listener(event.detail.document);
        }),
        failures?.(listener),
      ];
      return () => {
        for (const end of ends) end?.();
      };
    },
  };
}
