import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { linesOf, run, workspace } from '../local/helpers.ts';
import { exportedChunks } from './helpers.ts';

const DOCUMENTS = path.join(import.meta.dirname, '../../../samples/documents');

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy({ config: { embedding: { model: 'lexical' } } });
});
afterAll(() => deployment.stop());

type Chunk = {
  uri: string;
  chunkId: string;
  text: string;
  path: string[];
  page: number | null;
  start: number;
  end: number;
  vector: string | null;
};

/** What the two worlds must agree on; ids are keyed by each one's own secret. */
const comparable = (root: string, chunks: readonly Chunk[]): object[] =>
  chunks
    // Attachments are documents on one machine alone.
    .filter(({ uri }) => !uri.includes('!/'))
    .map(({ uri, chunkId, text, path: headings, page, start, end, vector }) => ({
      file: decodeURI(uri).slice(root.length),
      chunkId,
      text,
      headings,
      page,
      start,
      end,
      vector,
    }))
    .sort((a, b) => a.file.localeCompare(b.file) || a.start - b.start || a.chunkId.localeCompare(b.chunkId));

it('makes the same index of the same files as one machine does', async () => {
  const names = globSync('**/*.{md,html,docx,pdf,csv,xlsx,eml}', { cwd: DOCUMENTS }).sort();
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(path.join(DOCUMENTS, name))]));
  const { inbox, dataDir } = workspace(files);
  await run(['ingest', inbox, '--data-dir', dataDir]);
  const here = comparable(`file://${inbox}/`, linesOf<Chunk>(await run(['export', '--jsonl', '--data-dir', dataDir])));

  for (const [name, bytes] of Object.entries(files)) await deployment.put(name, bytes);
  await deployment.idle();
  const there = comparable(`s3://${deployment.variable('SLUICE_INBOX_BUCKET')}/`, await exportedChunks(deployment));

  expect(names.length).toBeGreaterThan(5);
  expect(there).toEqual(here);
});
