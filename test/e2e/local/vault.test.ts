import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { localPipeline } from '#adapters/local/local-pipeline.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import type { Pipeline } from '#core/ports/pipeline.ts';
import { jsonOf, run, workspace } from './helpers.ts';

const KEY = 'ab'.repeat(32);
const ENV = { SLUICE_VAULT_KEY: KEY };
const NAME = 'Wilhelmina Quillfeather';
const SET = ['--set', 'pii.default=token', '--set', 'pii.vault=true'];

/** Files that hold the words, as they are. */
const holding = (dataDir: string): string[] =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => /quillfeather/i.test(readFileSync(file).toString('latin1')));

describe('the vault', () => {
  it('gives back what a token stands for to whoever has its key, notes each look, and forgets with the document', async () => {
    const { inbox, dataDir } = workspace({ 'letter.md': `# Letter\n\nIt was written by ${NAME} about the pump.\n` });
    const at = ['--data-dir', dataDir, '--json'];
    expect((await run(['ingest', inbox, ...at, ...SET], { env: ENV })).code).toBe(0);
    const hit = jsonOf<{ hits: { text: string }[] }>(await run(['search', 'pump', ...at])).hits[0]?.text ?? '';
    const token = /\[PERSON_[0-9a-f]{12}\]/.exec(hit)?.[0] ?? '';
    expect(holding(dataDir)).toEqual([]);

    const told = await run(['detokenise', token, '[PERSON_000000000000]', '--reason', 'ticket 12', ...at], { env: ENV });

    expect(jsonOf<object>(told)).toEqual({
      values: [
        { token, value: NAME, key: '' },
        { token: '[PERSON_000000000000]', value: null, key: '' },
      ],
    });
    const { reads } = jsonOf<{ reads: object[] }>(await run(['detokenise', '--reads', ...at]));
    expect(reads).toMatchObject([
      { token, reason: 'ticket 12', found: true },
      { token: '[PERSON_000000000000]', found: false },
    ]);
    const locked = await run(['detokenise', token, '--reason', 'curious', ...at], { env: { SLUICE_VAULT_KEY: 'cd'.repeat(32) } });
    expect(jsonOf<{ error: { code: string } }>(locked).error.code).toBe('invalid-config');
    const looked = jsonOf<{ reads: object[] }>(await run(['detokenise', '--reads', ...at]));
    expect(looked.reads.at(-1)).toMatchObject({ token, reason: 'curious', found: false });

    const erased = await run(['erase', '--subject', NAME, '--yes', ...at, ...SET]);
    expect(erased.code).toBe(0);
    const after = await run(['detokenise', token, '--reason', 'ticket 12', ...at], { env: ENV });
    expect(jsonOf<object>(after)).toEqual({ values: [{ token, value: null, key: '' }] });
  }, 60_000);

  it('takes nothing under another key than the one that it has values of', async () => {
    const { inbox, dataDir } = workspace({ 'letter.md': `# Letter\n\nIt was written by ${NAME} about the pump.\n` });
    const ingest = (env: Record<string, string>) => run(['ingest', inbox, '--data-dir', dataDir, '--json', ...SET], { env });
    expect(jsonOf(await ingest(ENV))).toMatchObject({ indexed: 1 });
    expect(jsonOf(await ingest({ SLUICE_VAULT_KEY: 'cd'.repeat(32) }))).toMatchObject({ error: { code: 'invalid-config' } });
    expect(jsonOf(await ingest(ENV))).toMatchObject({ unchanged: 1 });
  });

  it('has its key asked for before a file of an archive is erased, which is masked anew without it', async () => {
    const { inbox, dataDir } = workspace({ 'x.zip': zipSync({ 'letter.txt': strToU8(`It was written by ${NAME} about the pump.\n`) }) });
    const at = ['--data-dir', dataDir, '--json', ...SET];
    expect((await run(['ingest', inbox, ...at], { env: ENV })).code).toBe(0);
    const erase = (env: Record<string, string>) => run(['erase', '--subject', NAME, '--yes', ...at], { env });
    const refused = jsonOf<{ error: { code: string; message: string } }>(await erase({}));
    expect(refused.error).toMatchObject({ code: 'invalid-config', message: expect.stringContaining('SLUICE_VAULT_KEY') });
    expect(jsonOf<{ documents: object[] }>(await erase(ENV)).documents).toHaveLength(1);
    expect((await run(['search', 'erased', ...at])).stdout).toContain('[erased]');
  }, 60_000);

  it('is not begun without a key', async () => {
    const { inbox, dataDir } = workspace({ 'letter.md': 'Nothing.' });
    const pipeline: Pipeline = localPipeline({ dataDir, config: async () => compileConfig({ pii: { vault: true } }) });
    const ingesting = pipeline.ingest(
      { names: [inbox], allowEmpty: false, deletes: false },
      { total: () => undefined, done: () => undefined },
    );
    await expect(ingesting).rejects.toMatchObject({ code: 'invalid-config', message: expect.stringContaining('SLUICE_VAULT_KEY') });
    await pipeline.close();
  });
});
