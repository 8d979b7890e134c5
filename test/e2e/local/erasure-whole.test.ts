import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { jsonOf, linesOf, page, run, workspace, write } from './helpers.ts';

type Certificate = { id: string; documents: { documentId: string; foundBy: string[]; chunks: number }[]; removed: Record<string, number> };

const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

const exported = async (dataDir: string) => linesOf<{ uri: string; text: string }>(await run(['export', '--data-dir', dataDir]));

it('a file of an archive goes with its name in the archive’s list, and the rest stays, also when it is read again', async () => {
  const { folder, inbox, dataDir } = workspace({
    'x.zip': zip({ 'zanzibarite-letter.txt': page('Letter', 1), 'valves.txt': page('Valves', 2) }),
  });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  const erased = await run(['erase', '--document', 'inbox/x.zip!/zanzibarite-letter.txt', '--yes', '--data-dir', dataDir, '--json'], {
    cwd: folder,
  });
  expect(jsonOf<Certificate>(erased)).toMatchObject({ documents: [{ foundBy: ['document'] }], removed: { documents: 1, manifests: 1 } });
  const isLeft = async () => {
    const chunks = await exported(dataDir);
    expect(new Set(chunks.map(({ uri }) => path.basename(uri)))).toEqual(new Set(['x.zip', 'valves.txt']));
    expect(chunks.find(({ uri }) => uri.endsWith('x.zip'))?.text).toMatch(/^\[erased\]\s+valves\.txt$/);
  };
  await isLeft();
  expect(jsonOf(await run(['refresh', 'files', '--data-dir', dataDir, '--json']))).toMatchObject({ updated: 2, rejected: 0, failed: 0 });
  await isLeft();
  expect(readFileSync(path.join(dataDir, 'index.db')).includes('zanzibarite')).toBe(false);
  expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 0 });
});

it('an erasure that was cut off is finished by the next one, under its own certificate', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('Letter', 1), 'b.md': page('Other', 2) });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  const asked = ['erase', '--document', path.join(inbox, 'a.md'), '--data-dir', dataDir, '--json'];
  const [found] = jsonOf<Certificate>(await run([...asked, '--dry-run'])).documents;
  // What is left of one that was killed before it had removed anything.
  const id = '0c6a3f0e-6f0a-4f0e-9d55-0a8a5a7b7a11';
  const documents = [{ documentId: found?.documentId, foundBy: found?.foundBy, chunks: found?.chunks }];
  mkdirSync(path.join(dataDir, 'certificates'));
  writeFileSync(path.join(dataDir, 'certificates', `${id}.begun.json`), JSON.stringify({ id, subject: null, documents, manifests: 1 }));

  const certificate = jsonOf<Certificate>(await run([...asked, '--yes']));

  expect(certificate).toMatchObject({ id, documents, removed: { documents: 1, manifests: 1 } });
  expect(readdirSync(path.join(dataDir, 'certificates'))).toEqual([`${id}.json`]);
  expect(new Set((await exported(dataDir)).map(({ uri }) => path.basename(uri)))).toEqual(new Set(['b.md']));
  write(inbox, { 'copy.md': page('Letter', 1) });
  expect(jsonOf(await run(['ingest', inbox, '--data-dir', dataDir, '--json']))).toMatchObject({ indexed: 0, rejected: 1 });
});

it('a subject is found in the folders below a source, and not in those above it', async () => {
  const { inbox, dataDir } = workspace({
    'Agnes Moorcroft/claim.md': page('Claim', 1),
    'other.md': page('Other', 2),
    'moorcroft_agnes.zip': zip({ 'a.md': page('Inside', 3) }),
  });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  const found = async (subject: string) => {
    const answer = await run(['erase', '--subject', subject, '--dry-run', '--data-dir', dataDir, '--json']);
    const { documents } = jsonOf<{ documents: { uri: string; foundBy: string[] }[] }>(answer);
    return Object.fromEntries(documents.map(({ uri, foundBy }) => [path.basename(uri), foundBy]));
  };
  expect(await found('Agnes Moorcroft')).toEqual({
    'claim.md': ['file-name'],
    'moorcroft_agnes.zip': ['file-name'],
    'a.md': ['file-name'],
  });
  expect(await found(path.basename(path.dirname(inbox)))).toEqual({});
});

it('what lies in a document that was found is told to be related', async () => {
  const { inbox, dataDir } = workspace({ 'x.zip': zip({ 'a.md': page('Inside', 3) }) });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  const answer = await run(['erase', '--document', path.join(inbox, 'x.zip'), '--dry-run', '--data-dir', dataDir, '--json']);
  expect(
    jsonOf<Certificate>(answer)
      .documents.map(({ foundBy }) => foundBy)
      .sort(),
  ).toEqual([['document'], ['related']]);
});

it('a subject that leads to nobody is refused, and nothing is said to be nowhere', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('Letter', 1) });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  for (const subject of ['', 'ab', '...'])
    expect(
      jsonOf(await run(['erase', '--subject', subject, '--dry-run', '--data-dir', dataDir, '--json'])),
      `subject ${JSON.stringify(subject)}`,
    ).toMatchObject({ error: { code: 'invalid-input' } });
});
