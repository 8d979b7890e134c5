import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isFor } from '#core/classification/may-find.ts';
import { documentRecord } from '#core/document-record.ts';
import { SluiceError } from '#core/errors.ts';
import { exportRows } from '#core/inspection/export-rows.ts';
import { relatedTo } from '#core/linking/related.ts';
import type { Pipeline } from '#core/ports/pipeline.ts';
import { reportOf } from '#core/quality/report/report.ts';
import { tallyOf } from '#core/quality/report/tally.ts';
import { heldRecord } from '#core/review/held-record.ts';
import type { Config, Purpose } from '#schemas/config.ts';
import type { ExportedChunk, Reconciliation } from '#schemas/records/operations.ts';
import { erasable } from './erasure/find.ts';
import { erasing } from './erasure/run.ts';
import { documents, heads, overview, reconcileStores, served, story } from './inspect.ts';
import { ingest, redrive, refresh } from './local-passes.ts';
import { openReader, type Reader } from './reader.ts';
import { relatedReading } from './related-reading.ts';
import { review, settled } from './review.ts';
import { storedTraces } from './sqlite-traces.ts';
import { storeKeys } from './store-key.ts';
import { compareSources } from './unsynced.ts';
import { currentFingerprint } from './world.ts';

export type LocalPipelineOptions = {
  dataDir: string;
  /** Not every command needs one, so that a bad one does not stop all of them. */
  config(): Promise<Config>;
};

/** The real path of a file as it is stored; a file that is gone is looked for by the name that was given. */
function placeOf(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return path.resolve(name);
  }
}

async function* chunksOf(reader: Reader, source: string | undefined, purpose: Purpose): AsyncGenerator<ExportedChunk> {
  // What is indexed meanwhile would tear manifests and vectors apart.
  await reader.hold();
  for await (const { head, manifest } of served(reader)) {
    if (!manifest || head.removed || !isFor(head, purpose) || (source !== undefined && head.source !== source)) continue;
    yield* exportRows(head, manifest, await reader.vectorHashes(manifest.entries.map((entry) => entry.vectorKey)));
  }
}

async function compare(dataDir: string, reader: Reader, config: Config): Promise<Reconciliation> {
  await reader.hold();
  const stores = await reconcileStores(reader, currentFingerprint(config));
  await reader.free();
  const unsynced = await compareSources(dataDir, reader, config);
  const { missing, ghosts, broken, stale } = stores;
  return { drift: missing + ghosts + broken + stale + unsynced, ...stores, unsynced };
}

/** The pipeline of a data directory. */
export function localPipeline(options: LocalPipelineOptions): Pipeline {
  const dataDir = path.resolve(options.dataDir);
  let opening: Promise<Reader> | undefined;
  const reader = (): Promise<Reader> => {
    opening ??= openReader(dataDir);
    return opening;
  };
  const find = async (name: string) => (await story(await reader(), name)) ?? (await story(await reader(), placeOf(name)));
  const passing = async () => ({ dataDir, config: await options.config() });
  // In the wrong folder an erasure would find nothing, which reads as if there were nothing to erase.
  const passingOver = async () => {
    await (await openReader(dataDir)).close();
    return passing();
  };
  return {
    search: async (request) => (await reader()).search(request),
    overview: async () => overview(await reader()),
    documents: async (states, most) => (await documents(await reader(), states, most)).map(documentRecord),
    held: async (most) => (await documents(await reader(), ['held'], most)).map(heldRecord),
    quality: async (source) => reportOf(tallyOf(await heads(await reader(), source))),
    async review(request) {
      const found = await find(request.document);
      if (!found) throw new SluiceError('not-found', `deciding on ${request.document}: no document has this id, uri or path`);
      const { document } = found.head;
      await review(await passing(), document, request);
      return documentRecord(await settled(await reader(), found.head));
    },
    async story(name) {
      const found = await find(name);
      if (!found) return undefined;
      const related = await relatedTo(found.head, relatedReading(await reader()));
      return { ...documentRecord(found.head), events: found.events, isCut: false, ...related };
    },
    async *chunks(source, purpose = 'retrieval') {
      yield* chunksOf(await reader(), source, purpose);
    },
    async reconcile() {
      const config = await options.config();
      return compare(dataDir, await reader(), config);
    },
    ingest: async (request, listener) => ingest(await passing(), request, listener),
    refresh: async (source, listener) => refresh(await passing(), await reader(), source, listener),
    redrive: async (stage) => redrive(await passingOver(), stage),
    async erasable(request) {
      const opened = await reader();
      return erasable({ db: opened, keys: storeKeys(dataDir), traces: storedTraces(opened) }, request);
    },
    erase: async (request) => erasing(await passingOver(), (eraser) => eraser.erase(request)),
    async close() {
      // One that could not be opened has nothing to close.
      await opening?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    },
  };
}
