import { afterEach, describe, expect, test } from 'vitest';
import { headOf, newDocument } from '#test/contract/make.ts';
import { ask, json, type Served, serve } from './serve.ts';

let served: Served;
afterEach(() => served.server.close());

const PATHS = ['/', '/api/overview', '/api/documents', '/api/search?q=a', '/api/events'];

describe('who is answered', () => {
  test.each(['evil.example', 'localhost.evil.example', '0.0.0.0', '192.168.1.1', '2130706433'])(
    'a request for the host %s is refused, as a name that points here may be an attack',
    async (name) => {
      served = await serve();
      for (const path of PATHS) {
        const reply = await ask(served, path, { headers: { host: `${name}:${served.server.port}` } });
        expect([reply.status, json(reply)]).toMatchObject([403, { error: { code: 'forbidden-host' } }]);
      }
    },
  );

  test.each(['localhost', '127.0.0.1', 'localhost:1'])('a request for %s, without this port, is refused', async (host) => {
    served = await serve();
    expect((await ask(served, '/api/overview', { headers: { host } })).status).toBe(403);
  });

  test.each(['localhost', 'LOCALHOST', '127.0.0.1', '[::1]'])('a request for %s with the port is answered', async (name) => {
    served = await serve();
    expect((await ask(served, '/api/overview', { headers: { host: `${name}:${served.server.port}` } })).status).toBe(200);
  });

  test.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://localhost:3000' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ])('another site is refused: %j', async (headers) => {
    served = await serve();
    for (const path of PATHS) {
      const reply = await ask(served, path, { headers });
      expect([reply.status, json(reply)]).toMatchObject([403, { error: { code: 'forbidden-origin' } }]);
      expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(served.listeners()).toBe(0);
  });

  test('a link on another site opens the page, and none of its data', async () => {
    served = await serve();
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await ask(served, '/', { headers })).status).toBe(200);
    expect((await ask(served, '/api/documents', { headers })).status).toBe(403);
  });

  test('the own page is answered', async () => {
    served = await serve();
    const origin = `http://127.0.0.1:${served.server.port}`;
    expect((await ask(served, '/api/overview', { headers: { origin, 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  });

  test('a full address as the target does not name another host', async () => {
    served = await serve();
    const reply = await ask(served, 'http://evil.example/api/overview');
    expect([reply.status, json(reply)]).toMatchObject([400, { error: { code: 'invalid-input' } }]);
  });
});

describe('what every answer says', () => {
  test('nothing but its own files may run, be framed, or be read by others', async () => {
    served = await serve();
    const replies = [
      await ask(served, '/'),
      await ask(served, '/api/overview'),
      await ask(served, '/nothing'),
      await ask(served, '/', { headers: { host: 'evil' } }),
    ];
    for (const { headers } of replies) {
      const policy = String(headers['content-security-policy']);
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ])
        expect(policy.split('; ')).toContain(rule);
      expect(policy).not.toMatch(/unsafe|\*|data:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('hostile names travel as JSON strings, and the page is the same whatever documents there are', async () => {
    served = await serve();
    const before = await ask(served, '/');
    const name = '"><script>alert(1)</script>\u2028</title><img src=x onerror=alert(2)>\n\ndata: {"forged":1}';
    await served.put(headOf(newDocument(), { nativeId: `/${name}`, uri: `file:///${name}`, metadata: { title: name, tags: [name] } }));
    const reply = await ask(served, '/api/documents');
    expect(reply.headers['content-type']).toMatch(/^application\/json/);
    expect(json(reply)).toMatchObject({ documents: [{ uri: `file:///${name}`, metadata: { title: name } }] });
    expect((await ask(served, '/')).text).toBe(before.text);
  });
});

describe('the port', () => {
  test('a port in use is said so', async () => {
    served = await serve();
    const { port } = served.server;
    const again = serve({ port });
    await expect(again).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining(`127.0.0.1:${port}`) });
  });
});
