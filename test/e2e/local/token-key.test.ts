import { describe, expect, it } from 'vitest';
import { namedTokenKey } from '#adapters/local/token-key.ts';
import { tokenKeyId } from '#schemas/token-key.ts';
import { jsonOf, run, workspace } from './helpers.ts';

const NAME = 'Wilhelmina Quillfeather';
const [FIRST, SECOND] = ['11'.repeat(32), '22'.repeat(32)];
const SET = ['--set', 'pii.default=token', '--set', 'pii.vault=true'];
const under = (key: string | undefined) => ({ SLUICE_VAULT_KEY: 'ab'.repeat(32), ...(key !== undefined && { SLUICE_TOKEN_KEY: key }) });
const idOf = (key: string): string => tokenKeyId(Buffer.from(key, 'hex'));

function pipeline() {
  const { inbox, dataDir } = workspace({
    'letter.md': `# Letter\n\nIt was written by ${NAME} about the pump.\n`,
    'answer.md': `# Answer\n\nDear ${NAME}, the pump is mended.\n`,
  });
  const at = ['--data-dir', dataDir, '--json'];
  return {
    ingest: async (key?: string) => expect((await run(['ingest', inbox, ...at, ...SET], { env: under(key) })).code).toBe(0),
    refresh: async (key?: string) => expect((await run(['refresh', 'files', ...at, ...SET], { env: under(key) })).code).toBe(0),
    stale: async (key?: string) => jsonOf<{ stale: number }>(await run(['reconcile', ...at, ...SET], { env: under(key) })).stale,
    /** The tokens that are served, each once. */
    async tokens() {
      const { hits } = jsonOf<{ hits: { text: string }[] }>(await run(['search', 'pump', ...at]));
      expect(hits.length).toBe(2);
      return [...new Set(hits.flatMap(({ text }) => text.match(/\[PERSON_[0-9a-f]{12}\]/g) ?? []))];
    },
    async told(token = '') {
      const answer = await run(['detokenise', token, '--reason', 'ticket 12', ...at], { env: under(undefined) });
      return jsonOf<{ values: { value: string | null; key: string }[] }>(answer).values.map(({ value, key }) => [value, key]);
    },
  };
}

describe('the key of tokens', () => {
  it('gives a person one token everywhere, and another one after its rotation and a refresh', async () => {
    const { ingest, refresh, stale, tokens, told } = pipeline();
    await ingest(FIRST);
    const before = await tokens();
    expect(before.length).toBe(1);
    expect(await stale(FIRST)).toBe(0);

    // Under the next key what is there is out of date, and served and opened as it was.
    expect(await stale(SECOND)).toBe(2);
    expect(await tokens()).toEqual(before);
    expect(await told(before[0])).toEqual([[NAME, idOf(FIRST)]]);

    await refresh(SECOND);

    const after = await tokens();
    expect(after.length).toBe(1);
    expect(after).not.toEqual(before);
    expect(await stale(SECOND)).toBe(0);
    expect(await told(after[0])).toEqual([[NAME, idOf(SECOND)]]);
    expect(await told(before[0])).toEqual([[null, '']]);

    // The first key gives the first tokens again.
    await refresh(FIRST);
    expect(await tokens()).toEqual(before);
  }, 120_000);

  it('is needed for what a pass under it left undone: tokens of two keys would pass for those of one', async () => {
    await expect(namedTokenKey({})).rejects.toMatchObject({ code: 'invalid-config' });
    expect((await namedTokenKey({ SLUICE_TOKEN_KEY: SECOND })).id).toBe(idOf(SECOND));
  });

  it('is derived from the store key where none is given, and is refused where it is none', async () => {
    const { ingest, tokens, told, stale } = pipeline();
    await ingest();
    const [token] = await tokens();
    expect(await told(token)).toEqual([[NAME, '']]);
    expect(await stale()).toBe(0);
    const { inbox, dataDir } = workspace({ 'letter.md': 'Nothing.' });
    const refused = await run(['ingest', inbox, '--data-dir', dataDir, '--json', ...SET], { env: under('short') });
    expect(jsonOf<{ error: { code: string; message: string } }>(refused).error).toMatchObject({
      code: 'invalid-config',
      message: expect.stringContaining('SLUICE_TOKEN_KEY'),
    });
  }, 120_000);
});
