import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ChangeNotice } from '#schemas/records/pipeline-view.ts';
import { headOf, newDocument } from '#test/contract/make.ts';
import { ask, json, type Served, serve, stream } from './serve.ts';

let served: Served;
afterEach(() => served.server.close());

function noticeOf(block: string | undefined): ChangeNotice {
  const [event, data] = (block ?? '').split('\n');
  expect(event).toBe('event: change');
  return JSON.parse(String(data).replace(/^data: /, ''));
}

describe('the live stream', () => {
  test('begins with the present state', async () => {
    served = await serve();
    await served.put(headOf(newDocument(), { state: 'held' }));
    const events = await stream(served);
    expect(events.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(events.response.headers['content-security-policy']).toContain("default-src 'none'");
    expect(await events.next()).toMatch(/^retry: \d+$/);
    const { overview, documents, more } = noticeOf(await events.next());
    expect([overview.documents.held, documents, more]).toEqual([1, [], false]);
    events.close();
  });

  test('tells every page what changed, once for many changes of a moment', async () => {
    served = await serve();
    const streams = [await stream(served), await stream(served)];
    for (const events of streams) await Promise.all([events.next(), events.next()]);
    const head = headOf(newDocument());
    await served.put(head);
    for (let i = 0; i < 100; i++) served.tell(head.document);
    for (const events of streams) {
      const { overview, documents, more } = noticeOf(await events.next());
      expect(overview.documents.processing).toBe(1);
      expect(documents.map(({ documentId }) => documentId)).toEqual([head.document]);
      expect(more).toBe(false);
    }
    await served.put({ ...head, state: 'indexed' });
    served.tell(head.document);
    for (const events of streams) {
      expect(noticeOf(await events.next()).documents).toMatchObject([{ documentId: head.document, state: 'indexed' }]);
      events.close();
    }
  });

  test('a storm is cut short, and says that lists are to be read again', async () => {
    served = await serve();
    const events = await stream(served);
    await Promise.all([events.next(), events.next()]);
    const heads = Array.from({ length: 500 }, () => headOf(newDocument()));
    await served.put(...heads);
    served.tell(...heads.map(({ document }) => document));
    const { overview, documents, more } = noticeOf(await events.next());
    expect([overview.documents.processing, more]).toEqual([500, true]);
    expect(documents.length).toBeLessThan(100);
    events.close();
  });

  test('changes during a notice are told in the next one, also after a failure', async () => {
    let isAway = false;
    served = await serve({}, (view) => ({
      documentsById: (ids) => (isAway ? Promise.reject(new Error('away')) : view.documentsById(ids)),
    }));
    const events = await stream(served);
    await Promise.all([events.next(), events.next()]);
    const [a, b] = [headOf(newDocument()), headOf(newDocument())];
    await served.put(a, b);
    isAway = true;
    served.tell(a.document);
    await vi.waitUntil(() => served.errors.length > 0);
    isAway = false;
    served.tell(b.document);
    const seen = new Set<string>();
    while (seen.size < 2) for (const { documentId } of noticeOf(await events.next()).documents) seen.add(documentId);
    expect(seen).toEqual(new Set([a.document, b.document]));
    events.close();
  });

  test('a hostile name cannot forge an event', async () => {
    served = await serve();
    const events = await stream(served);
    await Promise.all([events.next(), events.next()]);
    const head = headOf(newDocument(), { uri: 'file:///a\n\nevent: change\ndata: {}\r\rdata: x' });
    await served.put(head);
    served.tell(head.document);
    expect(noticeOf(await events.next()).documents).toMatchObject([{ uri: head.uri }]);
    events.close();
  });

  test('heartbeats keep a quiet stream open', async () => {
    served = await serve({ heartbeatMs: 5 });
    const events = await stream(served);
    await Promise.all([events.next(), events.next()]);
    expect(await events.next()).toMatch(/^:/);
    events.close();
  });

  test('costs nothing while no page is open', async () => {
    served = await serve();
    expect(served.listeners()).toBe(0);
    const events = await stream(served);
    expect(served.listeners()).toBe(1);
    events.close();
    await vi.waitUntil(() => served.listeners() === 0);
  });

  test('one page too many is told so, and there is room again when one has gone', async () => {
    served = await serve({ maxStreams: 1 });
    const events = await stream(served);
    const refused = await ask(served, '/api/events');
    expect([refused.status, refused.headers['retry-after'], json(refused)]).toMatchObject([
      503,
      '2',
      { error: { code: 'too-many-streams' } },
    ]);
    expect((await ask(served, '/api/overview')).status).toBe(200);
    events.close();
    await vi.waitUntil(() => served.listeners() === 0);
    (await stream(served)).close();
  });

  test('a stream that cannot begin is refused and holds nothing', async () => {
    served = await serve({}, () => ({ overview: () => Promise.reject(new Error('away')) }));
    expect((await ask(served, '/api/events')).status).toBe(500);
    expect(served.listeners()).toBe(0);
  });
});

describe('closing', () => {
  test('ends the streams, lets go of the pipeline, and frees the port', async () => {
    served = await serve();
    const events = await stream(served);
    await Promise.all([events.next(), events.next()]);
    await served.server.close();
    expect(await events.next()).toBeUndefined();
    expect(served.listeners()).toBe(0);
    await expect(ask(served, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    served = await serve({ port: served.server.port });
  });

  test('lets a running answer finish', async () => {
    const late = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    served = await serve({}, (view) => ({
      async overview() {
        asked.resolve();
        await late.promise;
        return view.overview();
      },
    }));
    const reply = ask(served, '/api/overview');
    await asked.promise;
    const closed = served.server.close();
    late.resolve();
    expect((await reply).status).toBe(200);
    await closed;
    served = await serve();
  });
});
