import { afterEach, expect, test, vi } from 'vitest';

const api: {
  decide(decision: { document: string; verdict: string; note: string }): Promise<void>;
  getHeld(id: string): Promise<{ documentId: string } | undefined>;
} = await import(new URL('../../../apps/dashboard/public/api.js', import.meta.url).href);

afterEach(() => vi.unstubAllGlobals());

/** Answers every request of the page so, and notes them. */
function answering(status: number, body: object): [string, RequestInit | undefined][] {
  const asked: [string, RequestInit | undefined][] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push([path, init]);
    return Response.json(body, { status });
  });
  return asked;
}

test('the page sends a decision as the API takes it', async () => {
  const asked = answering(200, { state: 'processing' });
  await api.decide({ document: 'a'.repeat(32), verdict: 'release', note: 'fine' });
  const [path, init] = asked[0] ?? [];
  expect([path, init?.method, new Headers(init?.headers).get('content-type')]).toEqual(['/api/review', 'POST', 'application/json']);
  expect(JSON.parse(String(init?.body))).toEqual({ document: 'a'.repeat(32), verdict: 'release', note: 'fine' });
});

test('the page tells why a decision was refused', async () => {
  answering(400, { error: { code: 'invalid-input', message: 'it is indexed, and only a held document waits' } });
  await expect(api.decide({ document: 'a', verdict: 'reject', note: '' })).rejects.toThrow('only a held document waits');
});

test('the page finds a held document among those that are listed', async () => {
  answering(200, { documents: [{ documentId: 'a' }, { documentId: 'b' }], more: false });
  expect(await api.getHeld('b')).toEqual({ documentId: 'b' });
  expect(await api.getHeld('c')).toBeUndefined();
});
