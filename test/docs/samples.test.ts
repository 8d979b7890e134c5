import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compileConfig } from '#apps/cli/configuration.ts';
import config from '../../samples/sluice.config.ts';
import { ROOT, run, sluice } from './pages.ts';

const samples = path.join(ROOT, 'samples');
const temporary = mkdtempSync(path.join(tmpdir(), 'sluice-docs-'));
afterAll(() => rmSync(temporary, { recursive: true }));

describe('the runnable samples', () => {
  it('library.ts ingests, searches and prints', async () => {
    const { code, stdout } = await run([path.join(samples, 'library.ts'), path.join(samples, 'documents/contracts')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^3 indexed, 0 rejected, \d+ chunks embedded\n/);
    expect(stdout).toContain('warranty-terms.rtf Warranty terms > 1. How long');
  });

  it('trace-document.ts prints the events of a document, one JSON line each', async () => {
    const { code, stdout } = await run([path.join(samples, 'trace-document.ts')]);
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)['detail-type']);
    expect(code).toBe(0);
    expect(names[0]).toBe('document.changed');
    expect(names.at(-1)).toBe('document.indexed');
  });

  it('cases.ts makes a case of the files of a claim, in time order', { timeout: 60_000 }, async () => {
    const { code, stdout } = await run([path.join(samples, 'cases.ts')]);
    const printed = /^```\n(case:[\s\S]*?)^```$/m.exec(readFileSync(path.join(ROOT, 'docs/cases.md'), 'utf8'))?.[1];
    expect([code, stdout]).toEqual([0, printed]);
  });

  it('review.ts releases what is held', async () => {
    const { code, stdout } = await run([path.join(samples, 'review.ts')]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\[EMAIL_ADDRESS\]\n1 indexed, 0 held\n$/)]);
  });

  it('sluice.config.ts has rules that none of the sample documents breaks', { timeout: 60_000 }, async () => {
    const args = ['ingest', 'documents', '--json', '--data-dir', path.join(temporary, 'all')];
    expect(JSON.parse((await sluice(args, samples)).stdout)).toMatchObject({ rejected: 0, held: 0, failed: 0 });
  });

  it('sluice.config.ts is valid, and gives a folder its source, its tags and its readers', async () => {
    expect(compileConfig(config).sources.map(({ name }) => name)).toEqual(
      expect.arrayContaining(readdirSync(path.join(samples, 'documents'))),
    );
    const dataDir = path.join(temporary, 'data');
    const { stdout } = await sluice(['ingest', '--source', 'contracts', '--json', '--data-dir', dataDir], samples);
    expect(JSON.parse(stdout)).toMatchObject({ indexed: 3, rejected: 0 });
    const found = async (principals: string[]): Promise<string[]> => {
      const args = ['search', 'warranty', '--json', '--filter', 'tag=contract', '--data-dir', dataDir, ...principals];
      return JSON.parse((await sluice(args, samples)).stdout).hits.map(({ uri }: { uri: string }) => path.basename(uri));
    };
    expect(await found([])).toEqual([]);
    expect(await found(['--principal', 'group:legal'])).toContain('warranty-terms.rtf');
  });
});

describe('sources', () => {
  it('of the library may be relative to the working folder, as those of a file', () => {
    const [source] = compileConfig({ sources: [{ name: 'notes', path: 'notes' }] }).sources;
    expect(source?.path).toBe(path.join(process.cwd(), 'notes'));
  });
});
