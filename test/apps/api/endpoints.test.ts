import { afterEach, describe, expect, test } from 'vitest';
import { memoryKeywords } from '#adapters/memory/memory-indexes.ts';
import { memoryLedger } from '#adapters/memory/memory-ledger.ts';
import { commit, newUnit } from '#adapters/memory/store.ts';
import { SluiceError } from '#core/errors.ts';
import { headOf, manifestOf, newDocument } from '#test/contract/make.ts';
import { ask, json, type Served, serve } from './serve.ts';

let served: Served;
afterEach(() => served.server.close());

/** Puts a document of one chunk into the store, as far as search needs it. */
async function index(text: string, access: string[]): Promise<string> {
  const document = newDocument();
  const manifest = manifestOf(document, [text]);
  const unit = newUnit(served.store);
  await memoryLedger(unit).putManifest(`of ${document}`, manifest);
  await memoryKeywords(unit).upsert(manifest.entries.map(({ vectorKey }) => ({ key: vectorKey, path: '', text })));
  commit(unit.writes);
  const committed = { generation: 1, manifest: `of ${document}`, chunks: 1, fingerprint: 'f', at: 1 };
  await served.put(headOf(document, { state: 'indexed', access, committed }));
  return document;
}

describe('what the API answers', () => {
  test('the overview counts documents and names the embedder', async () => {
    served = await serve();
    await served.put(headOf(newDocument(), { state: 'held' }), headOf(newDocument()));
    const reply = await ask(served, '/api/overview');
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json(reply)).toMatchObject({ documents: { held: 1, processing: 1, indexed: 0 }, embedder: { model: expect.any(String) } });
  });

  test('documents come in pages and say whether there are more', async () => {
    served = await serve();
    await served.put(
      ...[1, 2, 3].map((updatedAt) => headOf(newDocument(), { updatedAt, nativeId: `/${updatedAt}.txt`, uri: `file:///${updatedAt}.txt` })),
    );
    const first = json(await ask(served, '/api/documents?limit=2'));
    expect(first).toMatchObject({ documents: [{ uri: 'file:///3.txt' }, { uri: 'file:///2.txt' }], more: true });
    expect(json(await ask(served, '/api/documents?limit=2&offset=2'))).toMatchObject({
      documents: [{ uri: 'file:///1.txt' }],
      more: false,
    });
  });

  test('of a document that is not for everybody, its place and state and no word', async () => {
    served = await serve();
    const metadata = { title: 'Zanzibarite', format: 'pdf', tags: ['lids'], keyPhrases: ['zanzibarite lid'] };
    const hold = { stage: 'screen', rules: [], quality: 1, preview: 'a zanzibarite lid', evidence: [] };
    const [open, few, secret] = [newDocument(), newDocument(), newDocument()];
    await served.put(
      headOf(open, { access: ['public'], metadata: { ...metadata, title: 'Open' } }),
      headOf(few, { access: ['group:legal'], metadata }),
      headOf(secret, { access: ['public'], classification: 'restricted', metadata, state: 'held', hold }),
    );
    const told = async (path: string) => (await ask(served, path)).text;
    expect(await told(`/api/documents/${open}`)).toMatch(/"title":"Open".*zanzibarite lid/);
    for (const path of [`/api/documents/${few}`, `/api/documents/${secret}`, '/api/review']) {
      const answer = await told(path);
      expect(answer, path).toMatch(/"format":"pdf"/);
      expect(answer, path).not.toMatch(/zanzibarite|lids/i);
    }
  });

  test('documents are chosen by several states and by text', async () => {
    served = await serve();
    const at = (nativeId: string, state: 'held' | 'failed' | 'indexed') => headOf(newDocument(), { nativeId, uri: nativeId, state });
    await served.put(at('/a b.txt', 'held'), at('/a&c.txt', 'failed'), at('/d.txt', 'indexed'));
    const uris = async (query: string) => {
      const reply = await ask(served, `/api/documents?${query}`);
      return [...reply.text.matchAll(/"uri":"([^"]+)"/g)].map(([, uri]) => uri).sort();
    };
    expect(await uris('state=held&state=failed')).toEqual(['/a b.txt', '/a&c.txt']);
    expect(await uris('q=A%26c')).toEqual(['/a&c.txt']);
    expect(await uris('q=a+b&state=failed')).toEqual([]);
  });

  test('one document comes with its story, an unknown one is not found', async () => {
    served = await serve();
    const head = headOf(newDocument());
    await served.put(head);
    expect(json(await ask(served, `/api/documents/${head.document}`))).toMatchObject({ documentId: head.document, events: [] });
    for (const id of [newDocument(), 'x', '..%2f..', '']) {
      const reply = await ask(served, `/api/documents/${id}`);
      expect([reply.status, json(reply)]).toMatchObject([404, { error: { code: 'not-found' } }]);
    }
  });

  test('search finds what is public, and nothing else whoever asks', async () => {
    served = await serve();
    const open = await index('the ferry leaves at noon', ['public']);
    await index('the ferry to the hidden island', ['group:crew']);
    const reply = json(await ask(served, '/api/search?q=ferry&mode=keyword'));
    expect(reply).toMatchObject({
      query: 'ferry',
      mode: 'keyword',
      degraded: [],
      hits: [{ documentId: open, text: 'the ferry leaves at noon' }],
    });
    const asked = await ask(served, '/api/search?q=ferry&principal=group:crew');
    expect([asked.status, json(asked)]).toMatchObject([400, { error: { code: 'invalid-input' } }]);
  });

  test('search takes filters', async () => {
    served = await serve();
    await index('the ferry leaves at noon', ['public']);
    expect(json(await ask(served, '/api/search?q=ferry&filter=source%3Dfiles&filter=classification%3Dinternal'))).toMatchObject({
      hits: [{}],
    });
    expect(json(await ask(served, '/api/search?q=ferry&filter=source%3Dwiki'))).toMatchObject({ hits: [] });
    const wrong = await ask(served, '/api/search?q=ferry&filter=size%3D1');
    expect([wrong.status, json(wrong)]).toMatchObject([400, { error: { code: 'invalid-filter' } }]);
  });

  test.each([
    '/api/documents?limit=0',
    '/api/documents?limit=201',
    '/api/documents?limit=ten',
    '/api/documents?limit=1&limit=2',
    '/api/documents?offset=-1',
    '/api/documents?state=lost',
    '/api/documents?colour=red',

    '/api/overview?a=1',
    '/api/search',
    '/api/search?q=a&top=51',
    '/api/search?q=a&mode=psychic',
    '/api/search?q=a&filter=novalue',
  ])('refuses %s', async (path) => {
    served = await serve();
    const reply = await ask(served, path);
    expect([reply.status, json(reply)]).toMatchObject([400, { error: { code: 'invalid-input', message: expect.any(String) } }]);
    expect(served.errors).toEqual([]);
  });

  test.each([
    ['a name', `/api/documents?q=${'a'.repeat(301)}`],
    ['a query', `/api/search?q=${'a'.repeat(1_001)}`],
    ['a list of filters', `/api/search?q=a${'&filter=source%3Da'.repeat(11)}`],
  ])('refuses %s that is too long', async (_, path) => {
    served = await serve();
    expect((await ask(served, path)).status).toBe(400);
  });

  test('HEAD answers as GET does, without the body', async () => {
    served = await serve();
    for (const path of ['/', '/api/overview', '/api/documents']) {
      const [head, get] = [await ask(served, path, { method: 'HEAD' }), await ask(served, path)];
      expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', String(Buffer.byteLength(get.text))]);
    }
    expect((await ask(served, '/api/events', { method: 'HEAD' })).status).toBe(200);
    expect(served.listeners()).toBe(0);
  });

  test('other methods are refused where there is something, and paths where there is nothing are not found', async () => {
    served = await serve();
    for (const path of ['/', '/api/overview', '/api/events', '/api/search?q=a']) {
      const reply = await ask(served, path, { method: 'POST' });
      expect([reply.status, reply.headers.allow, json(reply)]).toMatchObject([405, 'GET, HEAD', { error: { code: 'method-not-allowed' } }]);
    }
    for (const path of [
      '/nothing',
      '/api',
      '/api/',
      '/api/overview/',
      '/../package.json',
      '//evil.example/api/overview',
      '/%2e%2e/package.json',
    ])
      expect((await ask(served, path)).status, path).toBe(404);
    expect((await ask(served, '/api/nothing', { method: 'DELETE' })).status).toBe(404);
  });

  test('an error in the pipeline is told by its code, a bug is told to the log alone', async () => {
    let error: Error = new SluiceError('unavailable', 'reading the index: it is away');
    served = await serve({}, () => ({ overview: () => Promise.reject(error) }));
    const away = await ask(served, '/api/overview');
    expect([away.status, json(away)]).toEqual([503, { error: { code: 'unavailable', message: 'reading the index: it is away' } }]);
    error = new Error('secret /path');
    const bug = await ask(served, '/api/overview');
    expect([bug.status, json(bug)]).toMatchObject([500, { error: { code: 'bug' } }]);
    expect(bug.text).not.toContain('secret');
    expect(served.errors).toHaveLength(2);
  });

  test('an answer that takes too long is given up', async () => {
    served = await serve({ answerMs: 20 }, () => ({ overview: () => new Promise(() => {}) }));
    const reply = await ask(served, '/api/overview');
    expect([reply.status, json(reply)]).toMatchObject([503, { error: { code: 'timeout' } }]);
  });
});
