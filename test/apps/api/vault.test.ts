import { describe, expect, it } from 'vitest';
import { answerVault, type VaultGateway } from '#apps/api/vault.ts';
import { tokenOf } from './gateway-server.ts';

const ARN = 'arn:aws:iam::123456789012:role/privacy-office';
const OPERATORS = 'group:operators';

/** A vault that remembers who read what. */
function vault(readers: string[] = []) {
  const reads: { by: string; tokens: readonly string[]; reason: string }[] = [];
  const gateway: VaultGateway = {
    readerFor: (by) => ({
      async detokenise(tokens, reason) {
        reads.push({ by, tokens, reason });
        return tokens.map((token) => ({ token, value: 'Maria Keller', key: '' }));
      },
    }),
    readsPage: async (cursor) => ({ reads: [], ...(cursor === undefined && { next: 'a' }) }),
    token: { userClaim: 'sub', groupsClaim: 'groups', operators: [OPERATORS] },
    readers,
    onAnswer: () => undefined,
  };
  const ask = async (authorizer: object, body: object, { path = '/vault/detokenise', method = 'POST', token = '' } = {}) => {
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
    const requestContext = { http: { method }, authorizer };
    const result = await answerVault({ rawPath: path, headers, body: JSON.stringify(body), requestContext }, gateway);
    return { status: result.statusCode, body: JSON.parse(result.body) };
  };
  const withToken = (claims: object, body: object) => ask({ jwt: { claims: { sub: 'as text' } } }, body, { token: tokenOf(claims) });
  return { ask, withToken, reads, asSigner: (body: object, how = {}) => ask({ iam: { userArn: ARN } }, body, how) };
}

const BODY = { tokens: ['[PERSON_5f1c0a9e2b74]'], reason: 'ticket 12' };

describe('the vault of a deployed pipeline', () => {
  it('answers whom their AWS credentials let in, under the name of these', async () => {
    const { asSigner, reads } = vault();
    expect(await asSigner(BODY)).toEqual({
      status: 200,
      body: { values: [{ token: '[PERSON_5f1c0a9e2b74]', value: 'Maria Keller', key: '' }] },
    });
    expect(reads).toEqual([{ by: ARN, ...BODY }]);
    expect((await asSigner({}, { path: '/vault/reads' })).body).toEqual({ reads: [], next: 'a' });
    expect((await asSigner({ cursor: 'a' }, { path: '/vault/reads' })).body).toEqual({ reads: [] });
  });

  it('answers those with a token whom the configuration lists, and no operator for being one', async () => {
    const { withToken, reads } = vault(['group:privacy', 'user:eve']);
    expect((await withToken({ sub: 'ann', groups: ['privacy'] }, BODY)).status).toBe(200);
    expect((await withToken({ sub: 'eve' }, BODY)).status).toBe(200);
    expect(await withToken({ sub: 'ben', groups: ['operators'] }, BODY)).toMatchObject({
      status: 403,
      body: { error: { code: 'access-denied' } },
    });
    // Nobody looks without a name.
    expect((await withToken({ groups: ['privacy'] }, BODY)).status).toBe(403);
    expect(reads.map(({ by }) => by)).toEqual(['user:ann', 'user:eve']);
  });

  it('answers nothing without a reason, for too many tokens, at other paths and to other methods', async () => {
    const { asSigner, ask, reads } = vault();
    const many = Array.from({ length: 101 }, (_, i) => `[PERSON_${i}]`);
    for (const body of [{ tokens: BODY.tokens }, { ...BODY, reason: ' ' }, { ...BODY, tokens: [] }, { ...BODY, tokens: many }])
      expect((await asSigner(body)).status).toBe(400);
    expect((await asSigner(BODY, { path: '/vault/everything' })).status).toBe(404);
    expect((await asSigner(BODY, { method: 'GET' })).status).toBe(405);
    expect((await ask({}, BODY)).status).toBe(403);
    expect(reads).toEqual([]);
  });
});
