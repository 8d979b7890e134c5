import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { localPipelineView } from '#adapters/local/pipeline-view.ts';
import { openReader } from '#adapters/local/reader.ts';
import { openDb } from '#adapters/local/sqlite/db.ts';
import { newUnit as newSqliteUnit } from '#adapters/local/sqlite/unit.ts';
import { sqliteAudit } from '#adapters/local/sqlite-audit.ts';
import { sqliteLedger } from '#adapters/local/sqlite-ledger.ts';
import { memoryAudit } from '#adapters/memory/memory-audit.ts';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { memoryLedger } from '#adapters/memory/memory-ledger.ts';
import { memoryPipelineView } from '#adapters/memory/memory-pipeline-view.ts';
import { commit, newStore, newUnit } from '#adapters/memory/store.ts';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import { DocumentId } from '#schemas/records/ids.ts';
import { eventOf, headOf, newDocument } from './make.ts';
import { isAws } from './stores.ts';
import type { Opened } from './view.ts';

async function inMemory(): Promise<Opened> {
  const store = newStore();
  const listeners = new Set<(document: DocumentId) => void>();
  const changes = (listener: (document: DocumentId) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    view: memoryPipelineView({ store, embedder: memoryEmbedder(), changes }),
    async write(work) {
      const unit = newUnit(store);
      await work({ ledger: memoryLedger(unit), audit: memoryAudit(unit) });
      commit(unit.writes);
    },
    tell(document) {
      for (const listener of listeners) listener(document);
    },
    async clear() {
      store.heads.clear();
      store.audit.clear();
    },
    close: async () => undefined,
  };
}

async function local(): Promise<Opened> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-view-'));
  const db = await openDb({ dataDir, model: 'words', dimensions: 64 });
  const reader = await openReader(dataDir);
  const listeners = new Set<(event: BusEvent) => void>();
  const events = (listener: (event: BusEvent) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    view: localPipelineView({ reader, events }),
    async write(work) {
      const unit = newSqliteUnit(db);
      await work({ ledger: sqliteLedger(unit), audit: sqliteAudit(unit) });
      await db.commit(unit.statements);
    },
    tell(document) {
      for (const listener of listeners) listener(eventOf('document.removed', { document, reason: 'deleted' }));
    },
    clear: () => db.commit(['heads', 'audit'].map((table) => ({ sql: `DELETE FROM ${table}`, params: [] }))),
    async close() {
      await reader.close();
      await db.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

const inThisRun: [string, () => Promise<Opened>][] = isAws
  ? [['aws', async () => (await import('./aws-view.ts')).awsView()]]
  : [
      ['memory', inMemory],
      ['local', local],
    ];

const indexedAs = (generation: number, chunks: number): Partial<Head> => ({
  state: 'indexed',
  generation,
  committed: { generation, manifest: 'digest', chunks, fingerprint: 'f', at: 1 },
});

describe.each(inThisRun)('pipeline view, %s', (_, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterEach(() => opened.clear());
  afterAll(() => opened.close());
  const put = (...heads: Head[]) =>
    opened.write(async ({ ledger }) => {
      for (const head of heads) await ledger.put(head);
    });
  const at = (updatedAt: number, changes: Partial<Head> = {}) => headOf(newDocument(), { updatedAt, ...changes });
  const listed = async (query: Partial<Parameters<PipelineView['documents']>[0]> = {}) =>
    (await opened.view.documents({ states: [], limit: 100, offset: 0, ...query })).map(({ documentId }) => documentId);

  test('counts documents by state, and the chunks that are served', async () => {
    await put(at(1, indexedAs(1, 3)), at(2, indexedAs(2, 4)), at(3, { state: 'rejected' }), at(4));
    const { documents, chunks, deadLetters } = await opened.view.overview();
    expect(documents).toEqual({ processing: 1, indexed: 2, rejected: 1, held: 0, failed: 0, removed: 0 });
    expect(chunks).toBe(7);
    expect(deadLetters).toEqual([]);
  });

  test('an empty pipeline has no documents', async () => {
    expect(await listed()).toEqual([]);
    expect((await opened.view.overview()).chunks).toBe(0);
  });

  test('lists the last changed first, across states', async () => {
    const [old, middle, young] = [at(10, { state: 'failed' }), at(20, indexedAs(1, 1)), at(30, { state: 'held' })];
    await put(middle, young, old);
    expect(await listed()).toEqual([young.document, middle.document, old.document]);
    expect(await listed({ states: ['held', 'failed'] })).toEqual([young.document, old.document]);
    expect(await listed({ states: ['removed'] })).toEqual([]);
  });

  test('lists what is held with its reasons, the last changed first', async () => {
    const hold = { stage: 'assess', rules: [{ rule: 'length', score: 0.2 }], quality: 0.2, preview: 'it begins' };
    const [old, young] = [at(10, { state: 'held', hold }), at(20, { state: 'held', hold })];
    await put(old, young, at(30), at(40, { state: 'rejected' }));
    const held = await opened.view.held({ limit: 10, offset: 0 });
    expect(held.map(({ documentId }) => documentId)).toEqual([young.document, old.document]);
    expect(held[0]).toMatchObject({ hold: { stage: 'assess', rules: hold.rules, preview: 'it begins' }, decisions: [] });
    expect((await opened.view.held({ limit: 1, offset: 1 })).map(({ documentId }) => documentId)).toEqual([old.document]);
  });

  test('pages do not overlap and leave nothing out, also among equal times', async () => {
    const heads = Array.from({ length: 11 }, (_one, i) => at(7, { state: i % 2 ? 'held' : 'processing' }));
    await put(...heads);
    const pages = [];
    for (let offset = 0; offset < 15; offset += 3) pages.push(await listed({ limit: 3, offset }));
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 3, 2, 0]);
    expect(pages.flat()).toEqual(await listed());
    expect(new Set(pages.flat())).toEqual(new Set(heads.map(({ document }) => document)));
  });

  test.each([
    ['report', ['/in/Report 2026.pdf']],
    ['REPORT', ['/in/Report 2026.pdf']],
    ['/in/', ['/in/Report 2026.pdf', '/in/100%.txt']],
    ['%', ['/in/100%.txt']],
    ['über', ['/x/Übersicht.md']],
    ['ÜBER', ['/x/Übersicht.md']],
    ['_', []],
    ["' OR 1=1 --", []],
    ['\\', []],
  ])('finds %j in paths', async (text, expected) => {
    await put(...['/in/Report 2026.pdf', '/in/100%.txt', '/x/Übersicht.md'].map((nativeId, i) => at(9 - i, { nativeId, uri: nativeId })));
    const found = await opened.view.documents({ states: [], text, limit: 10, offset: 0 });
    expect(found.map(({ uri }) => uri)).toEqual(expected);
  });

  test('text and states narrow together', async () => {
    const wanted = at(1, { nativeId: '/a/one.txt', state: 'held' });
    await put(wanted, at(2, { nativeId: '/a/two.txt', state: 'held' }), at(3, { nativeId: '/b/one.txt', state: 'failed' }));
    expect(await listed({ text: 'one', states: ['held'] })).toEqual([wanted.document]);
  });

  test('tells why a document is not served, and which older version still is', async () => {
    const problem = { stage: 'validate', code: 'encrypted', message: 'reading a.pdf: encrypted', generation: 3, at: 5 };
    const head = at(1_000, { ...indexedAs(2, 4), generation: 3, state: 'rejected', problem });
    await put(head);
    const [record] = await opened.view.documentsById([head.document]);
    expect(record).toMatchObject({ state: 'rejected', served: 2, generation: 3, problem, updatedAt: '1970-01-01T00:00:01.000Z' });
  });

  test('serves nothing of a document that was removed', async () => {
    const head = at(1, { ...indexedAs(2, 4), removed: true, state: 'removed' });
    await put(head);
    expect((await opened.view.documentsById([head.document]))[0]?.served).toBeNull();
  });

  test('leaves out ids that there are not', async () => {
    const head = at(1);
    await put(head);
    const found = await opened.view.documentsById([newDocument(), head.document]);
    expect(found.map(({ documentId }) => documentId)).toEqual([head.document]);
    expect(await opened.view.document(newDocument())).toBeUndefined();
  });

  test("a document's story is in order and its own", async () => {
    const [head, other] = [at(1), at(2)];
    await put(head, other);
    const entry = (document: DocumentId, event: string, facts = {}) => ({
      document,
      generation: 1,
      at: '2026-01-01T00:00:00Z',
      event,
      facts,
    });
    await opened.write(({ audit }) =>
      audit.append([
        entry(head.document, 'document.changed'),
        entry(other.document, 'document.changed'),
        entry(head.document, 'document.rejected', { code: 'empty' }),
      ]),
    );
    const story = await opened.view.document(head.document);
    expect(story?.events.map(({ event }) => event)).toEqual(['document.changed', 'document.rejected']);
    expect(story?.events[1]?.facts).toEqual({ code: 'empty' });
    expect(story?.isCut).toBe(false);
  });

  test('refuses a filter on a field that there is not', async () => {
    const request = { query: 'a', top: 1, mode: 'keyword', filters: [['size', '1'] as [string, string]], principals: [] } as const;
    await expect(opened.view.search({ ...request, filters: [...request.filters], principals: [] })).rejects.toMatchObject({
      code: 'invalid-filter',
    });
  });

  // Nobody waits within a function: whoever wants to know of a deployed pipeline asks again.
  test.skipIf(isAws)('tells each listener of changes until it has enough', () => {
    const [a, b] = [newDocument(), newDocument()];
    const seen: [string, DocumentId][] = [];
    const end = opened.view.subscribe((document) => seen.push(['first', document]));
    opened.view.subscribe((document) => seen.push(['second', document]));
    opened.tell(a);
    end();
    opened.tell(b);
    expect(seen).toEqual([
      ['first', a],
      ['second', a],
      ['second', b],
    ]);
  });
});

describe.skipIf(isAws)('local pipeline view', () => {
  test('a long story is cut to its newest events, and says so', async () => {
    const opened = await local();
    const head = headOf(newDocument());
    await opened.write(async ({ ledger, audit }) => {
      await ledger.put(head);
      await audit.append(
        Array.from({ length: 400 }, (_, i) => ({
          document: head.document,
          generation: i,
          at: '2026-01-01T00:00:00Z',
          event: 'document.changed',
          facts: {},
        })),
      );
    });
    const story = await opened.view.document(head.document);
    expect(story?.isCut).toBe(true);
    expect(story?.events.at(-1)?.generation).toBe(399);
    expect(story?.events.length).toBeLessThan(400);
    await opened.close();
  });

  test('matches in a common word are found in order, among more than are sorted', async () => {
    const opened = await local();
    const ids = Array.from({ length: 20_050 }, (_, i) => DocumentId.parse(i.toString(16).padStart(32, '0')));
    await opened.write(async ({ ledger }) => {
      for (const [i, id] of ids.entries()) await ledger.put(headOf(id, { updatedAt: i, state: i === 40 ? 'failed' : 'indexed' }));
    });
    const newest = await opened.view.documents({ states: [], text: '.txt', limit: 2, offset: 1 });
    expect(newest.map(({ documentId }) => documentId)).toEqual([ids[20_048], ids[20_047]]);
    const failed = await opened.view.documents({ states: ['failed'], text: '.TXT', limit: 2, offset: 0 });
    expect(failed.map(({ documentId }) => documentId)).toEqual([ids[40]]);
    await opened.close();
  });
});
