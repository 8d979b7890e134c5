import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerGateway } from '#apps/api/gateway.ts';
import { page } from '#test/e2e/local/helpers.ts';
import { type Deployed, deploy, tokenOf } from './gateway-server.ts';

const Answer = z.looseObject({ error: z.object({ code: z.string() }).optional(), documentId: z.string().optional() });
const OPERATOR = `Bearer ${tokenOf({ groups: ['operators'] })}`;

async function ask(
  { url }: Deployed,
  path: string,
  { method = 'GET', body, authorization = OPERATOR }: { method?: string; body?: string; authorization?: string } = {},
) {
  const response = await fetch(`${url}${path}`, { method, headers: { authorization }, ...(body !== undefined && { body }) });
  return { status: response.status, headers: response.headers, body: Answer.parse(await response.json()) };
}
const post = (deployed: Deployed, path: string, body: object | string) =>
  ask(deployed, path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('the API behind a gateway', () => {
  it('answers nobody whom the gateway does not vouch for', async () => {
    const { gateway } = await deploy();
    const event = { rawPath: '/api/overview', headers: { authorization: OPERATOR }, requestContext: { http: { method: 'GET' } } };
    const result = await answerGateway(event, gateway);
    expect(result.statusCode).toBe(403);
    expect(JSON.parse(result.body).error.code).toBe('access-denied');
  });

  it('says what is wrong with a request, with a code', async () => {
    const deployed = await deploy();
    expect((await ask(deployed, '/api/nothing')).status).toBe(404);
    expect((await ask(deployed, '/api/overview', { method: 'DELETE' })).status).toBe(405);
    expect((await ask(deployed, '/api/overview?a=b')).body.error?.code).toBe('invalid-input');
    expect((await ask(deployed, '/api/search?q=a&principals=group:hr')).body.error?.code).toBe('invalid-input');
    expect((await post(deployed, '/api/uploads', '{')).body.error?.code).toBe('invalid-input');
    expect((await post(deployed, '/api/story', { name: 'none.md' })).body.error?.code).toBe('not-found');
  });

  it.each([['/absolute.md'], ['../out.md'], ['a/../../out.md'], ['x'.repeat(1_025)], ['ü'.repeat(600)], ['']])(
    'takes %j for no key of the inbox',
    async (key) => {
      const deployed = await deploy();
      const sha256 = '0'.repeat(64);
      for (const [path, body] of [
        ['/api/uploads', { files: [{ key, size: 1, sha256 }] }],
        ['/api/removals', { keys: [key] }],
        ['/api/progress', { documents: [{ key }] }],
      ] as const) {
        const { status, body: answer } = await post(deployed, path, body);
        expect([status, answer.error?.code], path).toEqual([400, 'invalid-input']);
      }
    },
  );

  it('keeps what operators see from everybody else', async () => {
    const deployed = await deploy();
    const authorization = `Bearer ${tokenOf({ sub: 'ana', groups: ['hr'] })}`;
    for (const path of ['/api/overview', '/api/documents', `/api/documents/${'0'.repeat(32)}`])
      expect((await ask(deployed, path, { authorization })).status, path).toBe(403);
    for (const path of ['uploads', 'keys', 'removals', 'story', 'progress', 'refresh', 'export', 'reconcile', 'redrive'])
      expect((await ask(deployed, `/api/${path}`, { method: 'POST', body: '{}', authorization })).status, path).toBe(403);
    expect((await ask(deployed, '/api/search?q=a', { authorization })).status).toBe(200);
  });

  it('takes a token that is none for none', async () => {
    const deployed = await deploy();
    for (const authorization of ['Bearer x', 'Bearer a.b.c', `Bearer ${Buffer.from('{}').toString('base64url')}.W10.c`])
      expect((await ask(deployed, '/api/search?q=a', { authorization })).status, authorization).toBe(403);
  });

  it('tells its log neither names nor questions', async () => {
    const deployed = await deploy();
    deployed.world.files.set('secret-plan.md', Buffer.from(page('Plan', 1)));
    await deployed.world.hint('secret-plan.md');
    const { body } = await post(deployed, '/api/story', { name: 'secret-plan.md' });
    await ask(deployed, `/api/documents/${body.documentId}`);
    await ask(deployed, '/api/search?q=what%20is%20the%20secret');
    const told = JSON.stringify(deployed.answered);
    expect(told).not.toMatch(/secret|[0-9a-f]{32}/);
    expect(deployed.answered.map(({ route, status }) => [route, status])).toEqual([
      ['POST /api/story', 200],
      ['GET /api/documents/{id}', 200],
      ['GET /api/search', 200],
    ]);
  });

  it('answers nothing that a browser may keep or frame', async () => {
    const { headers } = await ask(await deploy(), '/api/overview');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
