import path from 'node:path';
import { documents, type Overview, overview, type Story, served, story } from '#adapters/local/inspect.ts';
import { pass, tallyEvent, targetsOf } from '#adapters/local/pass.ts';
import { openReader } from '#adapters/local/reader.ts';
import { openWorld } from '#adapters/local/world.ts';
import { SluiceError } from '#core/errors.ts';
import { heldRecord } from '#core/review/held-record.ts';
import { shownUri } from '#core/shown-uri.ts';
import { type Summary, Tally } from '#core/tally.ts';
import type { UserConfig } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { HeldRecord } from '#schemas/records/pipeline-view.ts';
import type { ReviewAction } from '#schemas/records/review.ts';
import type { Hit, SearchRequest, SearchResult } from '#schemas/records/search.ts';
import { compileConfig } from './configuration.ts';

export { SluiceError } from '#core/errors.ts';
export * from '#schemas/define.ts';
export type { BusEvent } from '#schemas/events/index.ts';
export type { Hit, SearchRequest, SearchResult } from '#schemas/records/search.ts';
export type { HeldRecord, Overview, ReviewAction, Story, Summary };

/** One indexed chunk, as `sluice export` prints it. */
export type IndexedChunk = Pick<Hit, 'documentId' | 'uri' | 'chunkId' | 'text' | 'path' | 'page' | 'start' | 'end'>;

export type Sluice = {
  /** Brings the index in step with files and folders. Bad documents are counted, never thrown. */
  ingest(paths: readonly string[], options?: { allowEmpty?: boolean }): Promise<Summary>;
  search(query: string, options?: Partial<Omit<SearchRequest, 'query'>>): Promise<SearchResult>;
  status(): Promise<Overview>;
  /** One document's whole story, by id, uri or absolute path; undefined when there is none. */
  document(name: string): Promise<Story | undefined>;
  /** Documents that wait for a person, the last changed first, with reasons and a masked preview. */
  held(): Promise<HeldRecord[]>;
  /**
   * Releases or rejects a held document, by id, uri or absolute path, and waits for what follows. It holds for the bytes as
   * they are: the next version is judged anew. Throws `not-found`, or `invalid-input` for a document that does not wait.
   */
  review(document: string, verdict: ReviewAction, note?: string): Promise<void>;
  chunks(): AsyncGenerator<IndexedChunk>;
  /** Frees the data directory. */
  close(): Promise<void>;
};

const newTally = (): Tally => new Tally(() => performance.now());

/**
 * Opens an index for writing and searching, alone in its data directory. Throws a SluiceError: `data-dir-in-use`,
 * `data-dir-newer`, `embedder-mismatch`, `invalid-config`.
 */
export async function openSluice(
  options: { dataDir?: string; config?: UserConfig; onEvent?: (event: BusEvent) => void } = {},
): Promise<Sluice> {
  const dataDir = path.resolve(options.dataDir ?? '.sluice');
  const config = compileConfig(options.config ?? {});
  let tally = newTally();
  const world = await openWorld({
    dataDir,
    config,
    onEvent(event) {
      tallyEvent(tally, event);
      options.onEvent?.(event);
    },
    onDeadLetter: ({ document }) => document && tally.settle(document, 'failed'),
  });
  const reader = await openReader(dataDir).catch(async (error: unknown) => {
    await world.close();
    throw error;
  });
  return {
    async ingest(paths, { allowEmpty = false } = {}) {
      tally = newTally();
      const { files } = await pass(world, targetsOf(paths, allowEmpty), allowEmpty);
      return tally.summary(files);
    },
    search: (query, { top = config.search.top, mode = config.search.mode, filters = [], principals = [] } = {}) =>
      reader.search({ query, top, ...(mode && { mode }), filters, principals }),
    status: () => overview(reader),
    document: (name) => story(reader, name),
    held: async () => (await documents(reader, ['held'], Number.MAX_SAFE_INTEGER)).map(heldRecord),
    async review(name, verdict, note) {
      const found = await story(reader, name);
      if (!found) throw new SluiceError('not-found', `deciding on ${name}: no document has this id, uri or path`);
      await world.decide({ document: found.head.document, verdict, note });
      await world.idle();
    },
    async *chunks() {
      for await (const { head, manifest } of served(reader)) {
        if (head.removed) continue;
        for (const { chunkId, text, path: headings, page, start, end } of manifest?.entries ?? []) {
          yield { documentId: head.document, uri: shownUri(head), chunkId, text, path: headings, page: page ?? null, start, end };
        }
      }
    },
    async close() {
      await reader.close();
      await world.close();
    },
  };
}
