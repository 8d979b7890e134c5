import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { parsePool } from '#adapters/parsing/parse-pool.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-rights-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A parser that a document has taken over: it tries to do harm, and tells how far it came. */
const HOSTILE = `
  import { spawnSync } from 'node:child_process';
  import { writeFileSync } from 'node:fs';
  const tried = (work) => { try { work(); return 'done'; } catch (error) { return error.code ?? 'failed'; } };
  process.on('message', ({ path }) => process.send({ extracted: { format: 'txt', metadata: {}, warnings: [], elements: [
    { kind: 'paragraph', text: tried(() => writeFileSync(path + '.planted', 'x')) },
    { kind: 'paragraph', text: tried(() => { const { error } = spawnSync('touch', [path + '.planted']); if (error) throw error; }) },
    { kind: 'paragraph', text: String(process.env.SLUICE_TEST_SECRET) },
  ] } }));
  process.on('disconnect', () => process.exit());
`;

it('a parser can write no file, start no process, and sees no secret of the environment', async () => {
  const entry = path.join(folder, 'hostile.mjs');
  const document = path.join(folder, 'document.txt');
  writeFileSync(entry, HOSTILE);
  writeFileSync(document, 'x');
  process.env.SLUICE_TEST_SECRET = 'hunter2';
  const pool = parsePool({ size: 1, memoryMb: 500, timeoutSeconds: 20, entry: pathToFileURL(entry) });
  try {
    const { elements } = await pool.parse({ name: 'document.txt', size: 1, withFile: (use) => use(document) });
    expect(elements.map((element) => ('text' in element ? element.text : ''))).toEqual([
      'ERR_ACCESS_DENIED',
      'ERR_ACCESS_DENIED',
      'undefined',
    ]);
    expect(existsSync(`${document}.planted`)).toBe(false);
  } finally {
    delete process.env.SLUICE_TEST_SECRET;
    await pool.close();
  }
}, 30_000);
