import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { localPipeline } from '#adapters/local/local-pipeline.ts';
import { openWorld } from '#adapters/local/world.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import { caseRule } from '#apps/cli/library.ts';
import type { UserConfig } from '#schemas/config.ts';
import { jsonOf, open, prose, run, workspace, write } from './helpers.ts';

const CASE = 'case:claims/CL-7';
const ANA = 'ana.quillfeather@example.com';
const LETTER = `The letter about CL-7 came from ${ANA}, and says that the drawer has a zanzibarite lid.\n`;
const FORM = `The form about the damage. ${prose(3, 2)}\n`;

const settings = (folder: string, rules: UserConfig['rules'] = []): UserConfig => ({
  sources: [{ name: 'claims', path: folder, cases: { pattern: 'CL-\\d' } }],
  rules,
});
/** The same, as a command line takes it. */
const configFile = (): string =>
  "export default { sources: [{ name: 'claims', path: './inbox', cases: { pattern: 'CL-\\\\d' } }], parsing: { processes: 1 } };\n";

const holding = (dataDir: string, word: string): string[] =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).toString('latin1').includes(word));

describe('files of one case', () => {
  it('are one record that search, status and a second pass know', async () => {
    const { inbox, dataDir } = workspace({ 'CL-7/form.txt': FORM, 'CL-7/letter.txt': LETTER, 'other.txt': prose(9, 2) });
    const sluice = await open(dataDir, settings(inbox));
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 4, rejected: 0, held: 0 });

    const { hits } = await sluice.search('zanzibarite', { filters: [['format', 'case']] });
    expect(hits[0]).toMatchObject({ uri: CASE, parts: [{ kind: 'document' }, { kind: 'document' }] });
    expect(hits[0]?.text).toContain('[EMAIL_ADDRESS]');
    expect(await sluice.document(CASE)).toMatchObject({ head: { uri: CASE, state: 'indexed', metadata: { caseKey: 'CL-7' } } });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 0, unchanged: 3, chunksEmbedded: 0 });

    write(inbox, { 'CL-7/form.txt': `${FORM}One line more about the carpet.\n` });
    expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 2, unchanged: 2 });
    expect((await sluice.search('carpet', { filters: [['format', 'case']] })).hits[0]?.text).toContain('carpet');
  });

  it('change as often as they like: no look at the case is given up', async () => {
    const { inbox, dataDir } = workspace({ 'CL-7/form.txt': FORM, 'CL-7/letter.txt': LETTER });
    const letters: unknown[] = [];
    const config = compileConfig({ parsing: { processes: 1 }, ...settings(inbox) });
    const world = await openWorld({ dataDir, config, patienceMs: 1, onDeadLetter: (letter) => letters.push(letter) });
    try {
      for (const word of ['carpet', 'parquet', 'wallpaper']) {
        write(inbox, { 'CL-7/form.txt': `${FORM}One line more about the ${word}.\n` });
        await world.sweep(inbox, { allowEmpty: false });
        await world.idle();
      }
    } finally {
      await world.close();
    }
    expect(letters).toEqual([]);
    const sluice = await open(dataDir, settings(inbox));
    expect((await sluice.search('wallpaper', { filters: [['format', 'case']] })).hits[0]?.text).toContain('wallpaper');
  });

  it('are made anew of what is left when one of them is erased', { timeout: 60_000 }, async () => {
    const { folder, inbox, dataDir } = workspace({ 'CL-7/form.txt': FORM, 'CL-7/letter.txt': LETTER });
    write(folder, { 'sluice.config.mjs': configFile() });
    const sluice = (...args: string[]) => run([...args, '--data-dir', dataDir, '--json'], { cwd: folder });
    expect(jsonOf(await sluice('ingest', inbox))).toMatchObject({ indexed: 3 });

    const erased = jsonOf<{ documents: { documentId: string }[] }>(await sluice('erase', '--subject', ANA, '--yes'));
    expect(erased.documents).toHaveLength(2);
    const story = jsonOf<{ state: string; parts: { uri: string }[] }>(await sluice('status', CASE));
    expect(story.parts.map(({ uri }) => path.basename(uri))).toEqual(['form.txt']);
    expect(story.state).toBe('indexed');
    expect(holding(dataDir, 'zanzibarite')).toEqual([]);
  });

  it('are erased with the case that is named', { timeout: 60_000 }, async () => {
    const { folder, inbox, dataDir } = workspace({ 'CL-7/form.txt': FORM, 'CL-7/letter.txt': LETTER, 'other.txt': prose(9, 2) });
    write(folder, { 'sluice.config.mjs': configFile() });
    const sluice = (...args: string[]) => run([...args, '--data-dir', dataDir, '--json'], { cwd: folder });
    await sluice('ingest', inbox);
    expect(jsonOf<{ documents: unknown[] }>(await sluice('erase', '--document', CASE, '--yes')).documents).toHaveLength(3);
    expect((await sluice('status', CASE)).code).toBe(2);
    expect(jsonOf(await sluice('status'))).toMatchObject({ documents: { indexed: 1 } });
  });

  it('are judged by rules over the case, which a refresh brings to those that are there', async () => {
    const { inbox, dataDir } = workspace({ 'CL-7/form.txt': FORM, 'CL-7/letter.txt': LETTER });
    const first = await open(dataDir, settings(inbox));
    await first.ingest([inbox]);
    await first.close();
    const three = caseRule({ name: 'has-three', hold: 1, check: ({ parts }) => ({ score: parts.length / 3, message: 'one is missing' }) });
    const pipeline = localPipeline({ dataDir, config: async () => compileConfig(settings(inbox, [three])) });
    await pipeline.refresh('claims', { total: () => undefined, done: () => undefined });
    // What is held is served as it was.
    expect(await pipeline.reconcile()).toMatchObject({ stale: 1, drift: 1, documents: 3 });
    await pipeline.close();

    const sluice = await open(dataDir, settings(inbox, [three]));
    expect((await sluice.held())[0]).toMatchObject({ uri: CASE, hold: { stage: 'fuse', rules: [{ rule: 'has-three', score: 0.6667 }] } });
    write(inbox, { 'CL-7/call.vtt': 'WEBVTT\n\n00:00.000 --> 00:04.000\n<v Agent>Which carpet was it?\n' });
    await sluice.ingest([inbox]);
    expect(await sluice.held()).toEqual([]);
    expect((await sluice.search('which carpet', { filters: [['format', 'case']] })).hits[0]).toMatchObject({ uri: CASE });
  });
});
