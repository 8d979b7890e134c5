import { idOfShown } from '#core/members/member-id.ts';
import type { Figures } from '#schemas/records/figures.ts';
import { type DocumentState, Head } from '#schemas/records/head.ts';
import { VectorKey } from '#schemas/records/ids.ts';
import { Manifest } from '#schemas/records/manifest.ts';
import type { Reconciliation } from '#schemas/records/operations.ts';
import type { StoryEvent } from '#schemas/records/pipeline-view.ts';
import { listDocuments } from './document-listing.ts';
import type { Reader } from './reader.ts';
import { countLinks } from './related-reading.ts';
import { HEAD, text } from './sqlite/unit.ts';
import { figuresSince } from './sqlite-metrics.ts';

/** What can be told of a data directory without writing to it. */

export type Overview = {
  embedder: { model: string; dimensions: number };
  documents: Record<DocumentState, number>;
  chunks: number;
  /** Messages in the queues, and messages that were given up. */
  pending: number;
  deadLetters: { stage: string; code: string; count: number }[];
  /** References between documents, and those that lead to none. */
  links: { resolved: number; dangling: number };
  /** Since midnight; absent in an index that an older Sluice wrote. */
  today?: Figures;
};

export async function overview(reader: Reader): Promise<Overview> {
  const [facts, states, pending, dead, today, links] = await Promise.all([
    reader.all("SELECT name, value FROM facts WHERE name IN ('model', 'dimensions')"),
    reader.all('SELECT state, count(*) AS count, sum(chunks) AS chunks FROM heads GROUP BY state'),
    reader.all('SELECT count(*) AS count FROM messages WHERE priority < 1000'),
    // Letters about documents that have since got through are history.
    reader.all(`SELECT queue, code, count(*) AS count FROM dead_letters
      WHERE document IS NULL OR NOT EXISTS (SELECT 1 FROM heads WHERE heads.document = dead_letters.document AND heads.state <> 'failed')
      GROUP BY queue, code ORDER BY queue, code`),
    figuresSince(reader, new Date().setHours(0, 0, 0, 0)),
    countLinks(reader),
  ]);
  const fact = (name: string): string => text(facts.find((row) => row.name === name)?.value ?? '');
  const documents = { processing: 0, indexed: 0, rejected: 0, held: 0, failed: 0, removed: 0 };
  for (const row of states) documents[text(row.state) as DocumentState] = Number(row.count);
  return {
    embedder: { model: fact('model'), dimensions: Number(fact('dimensions')) },
    documents,
    chunks: states.reduce((sum, row) => sum + Number(row.chunks), 0),
    pending: Number(pending[0]?.count ?? 0),
    deadLetters: dead.map((row) => ({ stage: text(row.queue), code: text(row.code), count: Number(row.count) })),
    links,
    ...(today && { today }),
  };
}

/** Documents by their last change, newest first. `states`: none means all. */
export const documents = (reader: Reader, states: readonly string[], most: number, offset = 0): Promise<Head[]> =>
  listDocuments(reader, { states, limit: most, offset });

/** The heads of a source, or all. */
export async function heads(reader: Reader, source: string | undefined): Promise<Head[]> {
  const rows = await reader.all(`SELECT ${HEAD} FROM heads WHERE ?1 IS NULL OR source = ?1`, [source ?? null]);
  return rows.map((row) => Head.parse(JSON.parse(text(row.body))));
}

export type Story = { head: Head; events: StoryEvent[] };

/** What happened to a document, oldest first; of a long story the newest `most`. */
export async function newestEvents(reader: Reader, document: string, most: number): Promise<StoryEvent[]> {
  const rows = await reader.all('SELECT generation, at, event, facts FROM audit WHERE document = ? ORDER BY id DESC LIMIT ?', [
    document,
    most,
  ]);
  return rows.reverse().map((entry) => ({
    generation: Number(entry.generation),
    at: text(entry.at),
    event: text(entry.event),
    facts: JSON.parse(text(entry.facts)) as Record<string, unknown>,
  }));
}

/** One document's head and all that happened to it; by id, uri or path. Undefined: there is none. */
export async function story(reader: Reader, name: string): Promise<Story | undefined> {
  const path = name.replace(/^file:\/\//, '');
  const [row] = await reader.all(`SELECT ${HEAD} FROM heads WHERE document = ?1 OR native_id IN (sealed_path(?2), sealed_path(?3))`, [
    name,
    path,
    idOfShown(name),
  ]);
  if (!row) return undefined;
  const head = Head.parse(JSON.parse(text(row.body)));
  // A negative limit is none.
  return { head, events: await newestEvents(reader, head.document, -1) };
}

const PAGE = 200;

/** Every served head with its manifest, in the order of ids. */
export async function* served(reader: Pick<Reader, 'all'>): AsyncGenerator<{ head: Head; manifest: Manifest | undefined }> {
  let after = '';
  while (true) {
    const rows = await reader.all(
      `SELECT ${HEAD}, manifests.body AS manifest, heads.document AS document FROM heads LEFT JOIN manifests ON manifests.digest = heads.manifest
       WHERE heads.manifest IS NOT NULL AND heads.document > ? ORDER BY heads.document LIMIT ?`,
      [after, PAGE],
    );
    for (const row of rows) {
      const head = Head.parse(JSON.parse(text(row.body)));
      yield { head, manifest: row.manifest === null ? undefined : Manifest.parse(JSON.parse(text(row.manifest))) };
    }
    after = text(rows.at(-1)?.document ?? '');
    if (rows.length < PAGE) return;
  }
}

/** Compares manifests with vectors and keywords in full. */
export async function reconcileStores(reader: Reader, fingerprint: string): Promise<Omit<Reconciliation, 'unsynced' | 'drift'>> {
  const wanted = new Set<VectorKey>();
  const found = { missing: 0, ghosts: 0, broken: 0, stale: 0, documents: 0, chunks: 0 };
  for await (const { head, manifest } of served(reader)) {
    found.documents += 1;
    if (!manifest) found.broken += 1;
    if (head.committed?.fingerprint !== fingerprint) found.stale += 1;
    for (const entry of manifest?.entries ?? []) wanted.add(entry.vectorKey);
  }
  found.chunks = wanted.size;
  const stored = await reader.all(
    `SELECT key, EXISTS (SELECT 1 FROM vectors WHERE rowid = chunks.id) AS vector, EXISTS (SELECT 1 FROM keywords WHERE rowid = chunks.id) AS keyword FROM chunks`,
  );
  for (const row of stored) {
    const key = VectorKey.parse(row.key);
    if (!wanted.delete(key)) found.ghosts += 1;
    else if (row.vector !== 1 || row.keyword !== 1) found.missing += 1;
  }
  found.missing += wanted.size;
  // Rows that no key leads to: nothing finds them, and nothing would ever delete them.
  for (const table of ['vectors', 'keywords']) {
    const [orphans] = await reader.all(`SELECT count(*) AS count FROM ${table} WHERE rowid NOT IN (SELECT id FROM chunks)`);
    found.ghosts += Number(orphans?.count);
  }
  return found;
}
