import { afterEach, describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import type { ReviewRequest } from '#schemas/records/review.ts';
import { headOf, newDocument } from '#test/contract/make.ts';
import { ask, json, type Served, serve } from './serve.ts';

let served: Served;
afterEach(() => served.server.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const hold = { stage: 'assess', rules: [{ rule: 'length', score: 0.2 }], quality: 0.2, preview: 'ask [EMAIL_ADDRESS]' };

/** A server that notes what it was told to decide. */
async function reviewing(): Promise<ReviewRequest[]> {
  const decided: ReviewRequest[] = [];
  served = await serve({
    async review(request) {
      decided.push(request);
      throw new SluiceError('not-found', 'deciding: no document has this id');
    },
  });
  return decided;
}

const post = (body: string, headers: Record<string, string> = JSON_TYPE) => ask(served, '/api/review', { method: 'POST', headers, body });

describe('reviewing through the API', () => {
  test('what is held is listed with rules, preview and earlier decisions, and nothing else is', async () => {
    served = await serve();
    const id = newDocument();
    await served.put(headOf(id, { state: 'held', hold }), headOf(newDocument(), { state: 'indexed' }));
    const answer = json(await ask(served, '/api/review'));
    expect(answer).toMatchObject({ more: false, documents: [{ documentId: id, hold: { preview: hold.preview, rules: hold.rules } }] });
    expect(answer).toHaveProperty('documents.length', 1);
  });

  test('a decision is handed on, and its error answered with a fitting status', async () => {
    const decided = await reviewing();
    const request = { document: newDocument(), verdict: 'release', note: 'as it should be' };
    expect((await post(JSON.stringify(request))).status).toBe(404);
    expect(decided).toEqual([request]);
  });

  test.each([
    ['no JSON', '{', JSON_TYPE, 400],
    ['another verdict', '{"document":"a","verdict":"burn"}', JSON_TYPE, 400],
    ['a field that there is not', '{"document":"a","verdict":"reject","by":"me"}', JSON_TYPE, 400],
    ['more than a decision takes', `{"document":"${'a'.repeat(40_000)}"}`, JSON_TYPE, 413],
    ['what a form of another site could send', '{"document":"a","verdict":"reject"}', { 'content-type': 'text/plain' }, 415],
    ['another site', '{"document":"a","verdict":"reject"}', { ...JSON_TYPE, origin: 'http://evil.example' }, 403],
    [
      'another site, by a browser that hides it',
      '{"document":"a","verdict":"reject"}',
      { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' },
      403,
    ],
  ])('%s is refused', async (_, body, headers, status) => {
    const decided = await reviewing();
    expect((await post(body, headers)).status).toBe(status);
    expect(decided).toEqual([]);
  });

  test('a server that was given no reviewer only shows', async () => {
    served = await serve();
    expect((await post('{"document":"a","verdict":"reject"}')).status).toBe(405);
  });
});
