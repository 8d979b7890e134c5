import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { ErasureCertificate } from '#schemas/records/erasure.ts';
import { jsonOf, page, run, workspace, write } from './helpers.ts';

/** Words that no other file has. */
const MARK = 'Quillfeather';
const ANA = 'ana.quillfeather@example.com';

const letter = `# Letter\n\nDear ${MARK}, write to ${ANA} about the pump. The drawer has a zanzibarite lid.\n`;

/** Files of the data directory that hold one of the words, in any case. */
function holding(dataDir: string, words: readonly string[]): string[] {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file).toString('latin1').toLowerCase();
      return words.some((word) => bytes.includes(word.toLowerCase()));
    })
    .map((file) => path.relative(dataDir, file));
}

/** Bytes of the vectors of a document's chunks, as they stand in the index. */
function vectorsOf(dataDir: string, file: string): string[] {
  const db = new DatabaseSync(path.join(dataDir, 'index.db'), { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT embeddings.vector AS vector FROM heads JOIN manifests ON manifests.digest = heads.manifest, json_each(manifests.body, '$.entries') AS entry
         JOIN embeddings ON embeddings.key = json_extract(entry.value, '$.embeddingKey') WHERE heads.native_id LIKE ?`,
      )
      .all(`%${file}`);
    return rows.flatMap(({ vector }) => (vector instanceof Uint8Array ? [Buffer.from(vector).toString('latin1')] : []));
  } finally {
    db.close();
  }
}

const ingest = (inbox: string, dataDir: string, ...more: string[]) =>
  run(['ingest', inbox, '--data-dir', dataDir, '--json', '--set', 'parsing.processes=1', ...more]);
const erase = (dataDir: string, ...args: string[]) => run(['erase', '--data-dir', dataDir, '--json', ...args]);

describe('erasing', () => {
  it('a document leaves nothing of it in any file, and the same bytes are not read again', async () => {
    const { inbox, dataDir } = workspace({ 'zanzibarite-letter.md': letter, 'other.md': page('Other', 1), 'third.md': page('Third', 2) });
    await ingest(inbox, dataDir);
    const vectors = vectorsOf(dataDir, 'zanzibarite-letter.md');
    const index = () => readFileSync(path.join(dataDir, 'index.db')).toString('latin1');
    expect(vectors.length).toBeGreaterThan(0);
    expect(vectors.every((vector) => index().includes(vector))).toBe(true);
    expect(holding(dataDir, [MARK, 'zanzibarite', 'zanzibarit'])).toContain('index.db');

    const certificate = jsonOf<ErasureCertificate>(await erase(dataDir, '--document', path.join(inbox, 'zanzibarite-letter.md'), '--yes'));

    expect(certificate).toMatchObject({ subject: null, documents: [{ foundBy: ['document'] }], removed: { documents: 1 } });
    expect(holding(dataDir, [MARK, 'zanzibarite', 'zanzibarit'])).toEqual([]);
    expect(vectors.some((vector) => index().includes(vector))).toBe(false);
    write(inbox, { 'copy.md': letter });
    expect(jsonOf(await ingest(inbox, dataDir))).toMatchObject({ indexed: 0, rejected: 1, removed: 0, unchanged: 3 });
    const { attention } = jsonOf<{ attention: { uri: string; problem: { code: string } }[] }>(
      await run(['status', '--data-dir', dataDir, '--json', '--state', 'rejected']),
    );
    expect(attention.map(({ problem }) => problem.code)).toEqual(['erased', 'erased']);
    expect(
      jsonOf<{ hits: unknown[] }>(await run(['search', 'zanzibarite lid', '--mode', 'keyword', '--data-dir', dataDir, '--json'])).hits,
    ).toEqual([]);
    expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 0, documents: 2 });
  });

  it('a subject takes every document with their address, masked or named, and leaves the others', async () => {
    const { inbox, dataDir } = workspace({
      'masked.md': `# Visit\n\nWrite to ${ANA.toUpperCase()} before the visit.\n`,
      'named.md': '# Minutes\n\nThe address was ana quillfeather example com, said the guard.\n',
      'other.md': `# Other\n\nWrite to ben@example.com before the visit.\n`,
    });
    await ingest(inbox, dataDir);
    const found = jsonOf<{ documents: { uri: string; foundBy: string[] }[] }>(await erase(dataDir, '--subject', ANA, '--dry-run'));
    expect(found.documents.map(({ uri, foundBy }) => [path.basename(uri), foundBy]).sort()).toEqual([
      ['masked.md', ['identifier']],
      ['named.md', ['text']],
    ]);

    const certificate = jsonOf<ErasureCertificate>(await erase(dataDir, '--subject', ANA, '--yes'));

    expect(certificate.documents).toHaveLength(2);
    expect(certificate.subject).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(certificate)).not.toMatch(/quillfeather|example/i);
    expect(holding(dataDir, ['quillfeather'])).toEqual([]);
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 1, rejected: 2 } });
    expect(jsonOf<{ documents: unknown[] }>(await erase(dataDir, '--subject', ANA, '--dry-run')).documents).toEqual([]);
  });

  it('clears what older versions left, dead letters and copies of the index', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': letter, 'b.md': page('Other', 1) });
    await ingest(inbox, dataDir);
    const [old] = vectorsOf(dataDir, 'a.md');
    writeFileSync(path.join(inbox, 'a.md'), '# Letter\n\nAll of it is new.\n');
    await ingest(inbox, dataDir);
    writeFileSync(path.join(dataDir, 'index.db.v1.backup'), letter);
    const letters = new DatabaseSync(path.join(dataDir, 'index.db'));
    const add = letters.prepare("INSERT INTO dead_letters (queue, body, attempts, code, error, at) VALUES ('validate', ?, 1, 'bug', ?, 1)");
    add.run(JSON.stringify({ source: 'aws.s3', detail: { object: { key: path.join(inbox, 'a.md') } } }), `reading ${MARK}`);
    add.run('no event', 'something else');
    letters.close();
    const index = () => readFileSync(path.join(dataDir, 'index.db')).toString('latin1');
    expect(old !== undefined && index().includes(old)).toBe(true);
    expect(holding(dataDir, [MARK]).sort()).toContain('index.db.v1.backup');

    const { removed } = jsonOf<ErasureCertificate>(await erase(dataDir, '--document', path.join(inbox, 'a.md'), '--yes'));

    expect(removed).toMatchObject({ 'dead letters': 1, 'backups of older versions': 1 });
    expect(old !== undefined && index().includes(old)).toBe(false);
    expect(holding(dataDir, [MARK])).toEqual([]);
    expect(jsonOf(await run(['search', 'the other pump', '--data-dir', dataDir, '--json']))).toMatchObject({ hits: [{}] });
  });

  it('needs to be told what, and to be told twice', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': letter });
    await ingest(inbox, dataDir);
    expect(jsonOf(await erase(dataDir, '--document', path.join(inbox, 'a.md')))).toMatchObject({ error: { code: 'invalid-input' } });
    expect(jsonOf(await erase(dataDir, '--yes'))).toMatchObject({ error: { code: 'invalid-input' } });
    expect(jsonOf(await erase(dataDir, '--document', 'nowhere.md', '--yes'))).toMatchObject({ error: { code: 'not-found' } });
    expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ documents: { indexed: 1 } });
  });
});
