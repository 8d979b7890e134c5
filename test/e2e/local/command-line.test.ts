import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Finished, jsonOf, linesOf, page, run, workspace } from './helpers.ts';

const COMMANDS = 'start ingest search status export reconcile extract screen mask chunk match doctor'.split(' ');
const SLUICE = fileURLToPath(new URL('../../../apps/cli/sluice.js', import.meta.url));

const keys = (value: object): string[] => Object.keys(value).sort();
const filter = (command: string, lines: readonly string[], ...more: string[]): Promise<Finished> =>
  run([command, ...more], { input: lines.map((line) => `${line}\n`).join('') });
const text = (id: unknown, body: string): string => JSON.stringify({ id, text: body });

async function indexed(): Promise<{ inbox: string; dataDir: string; ingested: Finished }> {
  const { inbox, dataDir } = workspace({
    'a.md': `# Kingfisher\n\n## At the river\n\n${page('x', 1)}`,
    'b.md': page('B', 2),
    'bad.pdf': 'no pdf at all',
  });
  return { inbox, dataDir, ingested: await run(['ingest', inbox, '--data-dir', dataDir, '--json']) };
}

describe('help and wrong usage', () => {
  test('every command tells its options, and the overview lists every command', async () => {
    const [overview, bare, version, ...helps] = await Promise.all([
      run(['--help']),
      run([]),
      run(['--version']),
      ...COMMANDS.map((command) => run([command, '--help'])),
    ]);
    expect(overview.code).toBe(0);
    expect(bare).toMatchObject({ code: 2, stdout: overview.stdout });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const [i, command] of COMMANDS.entries()) {
      expect(overview.stdout).toContain(`  ${command} `);
      expect(helps[i]).toMatchObject({ code: 0, stderr: '' });
      expect(helps[i]?.stdout).toContain(`Usage: sluice ${command}`);
      for (const option of ['--data-dir', '--set', '--source', '--json', '--help']) expect(helps[i]?.stdout).toContain(option);
    }
  });

  test('what is not understood is exit code 2, one line on stderr and, with --json, one value on stdout', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1) });
    const wrong = [
      ['nonsense'],
      ['ingest'],
      ['ingest', inbox, '--nonsense'],
      ['ingest', inbox, '--set', 'chunking.maxTokens=none'],
      ['ingest', inbox, '--set', 'no.such.field=1'],
      ['ingest', inbox, '--set', '__proto__.x=1'],
      ['ingest', '--source', 'none'],
      ['search'],
      ['search', 'x', '--top', 'many'],
      ['search', 'x', '--filter', 'tag'],
      ['status', 'nowhere.md'],
      ['extract', path.join(inbox, 'a.md'), '--format', 'pdf'],
      ['chunk', '--max-tokens', '0'],
    ];
    const runs = await Promise.all(wrong.map((args) => run([...args, '--data-dir', dataDir, '--json'])));
    for (const [i, done] of runs.entries()) {
      expect([wrong[i], done.code]).toEqual([wrong[i], 2]);
      const { error } = jsonOf<{ error: { code: string; message: string } }>(done);
      expect(keys(error)).toEqual(['code', 'message']);
      expect(error.code).not.toBe('bug');
      expect(done.stderr).toBe(`sluice: ${error.code}: ${error.message}\n`);
    }
  });

  test('a reader that has seen enough ends a command without a complaint', async () => {
    const { inbox, dataDir } = workspace(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}.md`, page(`P${i}`, i, 40)])));
    await run(['ingest', inbox, '--data-dir', dataDir]);
    const child = spawn(process.execPath, [SLUICE, 'export', '--jsonl', '--data-dir', dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('what --json prints', () => {
  test('ingest: the summary, and nothing else on stdout', async () => {
    const { ingested } = await indexed();
    expect(ingested.code).toBe(1);
    const summary = jsonOf<Record<string, number>>(ingested);
    expect(Object.keys(summary)).toEqual([
      'indexed',
      'updated',
      'unchanged',
      'removed',
      'rejected',
      'held',
      'failed',
      'chunksEmbedded',
      'chunksReused',
      'seconds',
    ]);
    expect(summary).toMatchObject({ indexed: 2, rejected: 1 });
    expect(ingested.stdout.split('\n').length).toBe(2);
  });

  test('search, status, export and reconcile: the fields that scripts depend on', async () => {
    const { inbox, dataDir } = await indexed();
    const at = ['--data-dir', dataDir, '--json'];
    const [found, status, story, exported, asValue, drift, filtered, lines] = await Promise.all([
      run(['search', 'kingfisher', 'river', '--top', '3', ...at]),
      run(['status', ...at]),
      run(['status', path.join(inbox, 'a.md'), ...at]),
      run(['export', '--jsonl', '--data-dir', dataDir]),
      run(['export', ...at]),
      run(['reconcile', ...at]),
      run(['search', 'kingfisher', '--filter', 'format=md', '--filter', 'title=B', '--mode', 'vector', ...at]),
      run(['search', '--jsonl', '--top', '2', '--data-dir', dataDir], {
        input: '{"id":"q1","query":"kingfisher"}\n{"id":2,"query":""}\n{"id":3,"query":"% …"}\n{"query":"x"}\nnone\n',
      }),
    ]);
    const result = jsonOf<{ query: string; hits: object[]; degraded: string[] }>(found);
    expect(result).toMatchObject({ query: 'kingfisher river', degraded: [] });
    expect(result.hits.length).toBeGreaterThan(0);
    expect(result.hits.length).toBeLessThanOrEqual(3);
    for (const hit of result.hits)
      expect(hit).toMatchObject({
        documentId: expect.stringMatching(/^[0-9a-f]{32}$/),
        uri: expect.stringMatching(/^file:\/\/\//),
        chunkId: expect.stringMatching(/^[0-9a-f]{32}$/),
        score: expect.any(Number),
        text: expect.any(String),
        path: expect.any(Array),
        page: null,
        start: expect.any(Number),
        end: expect.any(Number),
      });
    expect(result.hits[0]).toMatchObject({ uri: `file://${inbox}/a.md` });

    expect(jsonOf(status)).toMatchObject({
      embedder: { model: expect.any(String), dimensions: 384 },
      documents: { processing: 0, indexed: 2, rejected: 1, held: 0, failed: 0, removed: 0 },
      chunks: expect.any(Number),
      pending: 0,
      deadLetters: [],
      attention: [{ uri: `file://${inbox}/bad.pdf`, state: 'rejected', problem: { stage: 'validate', code: 'type-mismatch' } }],
    });
    expect(jsonOf<{ events: { event: string }[] }>(story).events.map(({ event }) => event)).toEqual([
      'document.changed',
      'document.validated',
      'document.extracted',
      'document.assessed',
      'document.screened',
      'document.masked',
      'document.described',
      'chunks.planned',
      'chunks.embedded',
      'document.indexed',
    ]);

    const rows = linesOf<{ metadata: object; vector: string }>(exported);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(keys(row)).toEqual(['chunkId', 'documentId', 'end', 'metadata', 'page', 'path', 'start', 'text', 'uri', 'vector']);
      expect(row.vector).toMatch(/^[0-9a-f]{32}$/);
      expect(row.metadata).toMatchObject({ source: 'files', access: ['public'], classification: 'internal', format: 'md' });
    }
    expect(jsonOf<unknown>(asValue)).toEqual(rows);
    expect(jsonOf(drift)).toMatchObject({ drift: 0, missing: 0, ghosts: 0, stale: 0, unsynced: 0, documents: 2, chunks: rows.length });
    const titled = jsonOf<{ hits: { uri: string }[] }>(filtered).hits;
    expect(new Set(titled.map(({ uri }) => path.basename(uri)))).toEqual(new Set(['b.md']));

    expect(lines.code).toBe(1);
    expect(linesOf(lines)).toMatchObject([
      { id: 'q1', hits: expect.any(Array) },
      { id: 2, hits: [] },
      { id: 3, hits: [] },
      { id: null, error: { code: 'invalid-input' } },
      { id: null, error: { code: 'invalid-input' } },
    ]);
    expect(keys(linesOf(lines)[0] ?? {})).toEqual(['hits', 'id']);
  });

  test('extract: one value for one file, one array for several, one line each with --jsonl', async () => {
    const { inbox } = workspace({ 'a.md': '# Title\n\nSome text of a page.\n', 'b.pdf': 'no pdf', 'c.txt': 'Just a line of words.\n' });
    const [one, several, lines, plain] = await Promise.all([
      run(['extract', 'a.md', '--json', '--format', 'text'], { cwd: inbox }),
      run(['extract', 'a.md', 'b.pdf', 'none.md', '--json'], { cwd: inbox }),
      run(['extract', 'c.txt', 'b.pdf', 'a.md', '--jsonl', '--format', 'json'], { cwd: inbox }),
      run(['extract', 'a.md', 'b.pdf'], { cwd: inbox }),
    ]);
    expect(one.code).toBe(0);
    expect(jsonOf(one)).toEqual({ file: 'a.md', seconds: expect.any(Number), text: 'Title\n\nSome text of a page.' });
    expect(several.code).toBe(1);
    expect(jsonOf<unknown>(several)).toEqual([
      { file: 'a.md', seconds: expect.any(Number), text: '# Title\n\nSome text of a page.' },
      { file: 'b.pdf', seconds: expect.any(Number), error: { code: 'type-mismatch', message: expect.any(String) } },
      { file: 'none.md', seconds: expect.any(Number), error: { code: 'not-found', message: expect.any(String) } },
    ]);
    expect(linesOf(lines).map(({ file }) => file)).toEqual(['c.txt', 'b.pdf', 'a.md']);
    expect(linesOf(lines)[2]).toMatchObject({
      document: { format: 'md', elements: [{ kind: 'heading', text: 'Title' }, { kind: 'paragraph' }] },
    });
    expect(plain.stdout).toBe('# Title\n\nSome text of a page.\n');
    expect(plain.stderr).toContain('b.pdf: type-mismatch');
  });

  test('doctor: what there is, and what mends what is not', async () => {
    const { dataDir } = workspace();
    const [fine, lacking] = await Promise.all([
      run(['doctor', '--data-dir', dataDir, '--json']),
      run(['doctor', '--data-dir', dataDir, '--json', '--set', 'nothing=1']),
    ]);
    const { ok, checks } = jsonOf<{ ok: boolean; checks: { name: string; ok: boolean }[] }>(fine);
    expect([fine.code, ok]).toEqual([0, true]);
    expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['node', 'index', 'pdf', 'watching', 'data', 'configuration']));
    expect(lacking.code).toBe(1);
    expect(jsonOf(lacking)).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([expect.objectContaining({ name: 'configuration', ok: false, fix: expect.any(String) })]),
    });
  });
});

describe('filters', () => {
  test('answer each line with one line, in order; a bad one hurts no other', async () => {
    const lines = [
      text('a', 'Write to ana@example.org today.'),
      '{"id":"b"}',
      'not json',
      '',
      '{"text":"no id"}',
      text(7, 'x\u2028y\u2029z\rw'),
      '[1]',
      'null',
    ];
    const done = await filter('mask', lines);
    expect(done.code).toBe(1);
    expect(linesOf(done)).toEqual([
      {
        id: 'a',
        masked: 'Write to [EMAIL_ADDRESS] today.',
        spans: [{ start: 9, end: 24, type: 'EMAIL_ADDRESS', score: expect.any(Number) }],
      },
      { id: 'b', error: { code: 'invalid-input', message: expect.any(String) } },
      { id: null, error: { code: 'invalid-input', message: expect.any(String) } },
      { id: null, error: { code: 'invalid-input', message: expect.any(String) } },
      { id: 7, masked: 'x\u2028y\u2029z\rw', spans: [] },
      { id: null, error: { code: 'invalid-input', message: expect.any(String) } },
      { id: null, error: { code: 'invalid-input', message: expect.any(String) } },
    ]);
  });

  test('read raw line separators inside JSON text, Windows line ends, and a last line without an end', async () => {
    const raw = `{"id":1,"text":"a\u2028b"}\r\n{"id":2,"text":"c\u0085d"}\n{"id":3,"text":"ü😀"}`;
    const done = await run(['mask'], { input: raw });
    expect(done.code).toBe(0);
    expect(linesOf<{ masked: string }>(done).map(({ masked }) => masked)).toEqual(['a\u2028b', 'c\u0085d', 'ü😀']);
  });

  test('mask: tokens, under a key that is made where there is no index yet', async () => {
    const { dataDir } = workspace({});
    const done = await run(['mask', '--set', 'pii.default=token', '--data-dir', dataDir], {
      input: text(1, 'Ask ana@example.org, or ANA@example.org.'),
    });
    const [{ masked = '' } = {}] = linesOf<{ masked: string }>(done);
    expect(masked).toMatch(/^Ask (\[EMAIL_ADDRESS_[0-9a-f]{12}\]), or \1\.$/);
  });

  test('chunk: pieces with offsets into the text as given, and their headings', async () => {
    const body = `# One\n\n${'First sentence of many words here. '.repeat(30)}\n\n## Two\n\nShort end.\n`;
    const [done, fixed] = await Promise.all([
      filter('chunk', [text('a', body), text('b', '')], '--max-tokens', '64'),
      filter('chunk', [text('a', body)], '--strategy', 'fixed', '--max-tokens', '40', '--overlap', '8'),
    ]);
    const [first, second] = linesOf<{
      id: string;
      chunks: { id: string; start: number; end: number; text: string; tokens: number; path: string[] }[];
    }>(done);
    expect(first?.chunks.length).toBeGreaterThan(3);
    for (const chunk of first?.chunks ?? []) {
      expect(keys(chunk)).toEqual(['end', 'id', 'path', 'start', 'text', 'tokens']);
      expect(chunk.tokens).toBeLessThanOrEqual(64);
      expect(body.slice(chunk.start, chunk.end)).toContain(chunk.text.trim().slice(0, 10));
    }
    expect(first?.chunks.at(-1)?.path).toEqual(['One', 'Two']);
    expect(second).toEqual({ id: 'b', chunks: [] });
    expect(linesOf<{ chunks: unknown[] }>(fixed)[0]?.chunks.length).toBeGreaterThan(5);
  });

  test('screen: a verdict with its findings', async () => {
    const done = await filter('screen', [text('a', 'A plain sentence.'), text('b', `x${'\u200b'.repeat(200)}y`)]);
    expect(done.code).toBe(0);
    const [plain, hidden] = linesOf(done);
    expect(plain).toEqual({ id: 'a', verdict: 'pass', score: 0, findings: [], warned: [] });
    expect(hidden).toMatchObject({ id: 'b', verdict: 'reject', score: expect.any(Number), findings: [{ rule: 'zero-width' }] });
  });

  test('match: a decision, validity without an event, or an error with its code', async () => {
    const line = (id: string, pattern: unknown, event?: unknown): string =>
      JSON.stringify({ id, pattern: JSON.stringify(pattern), ...(event !== undefined && { event: JSON.stringify(event) }) });
    const done = await filter('match', [
      line('yes', { a: [{ prefix: 'x' }] }, { a: 'xyz' }),
      line('no', { a: ['b'] }, { a: 'c' }),
      line('valid', { a: [1] }),
      line('bad', { a: 1 }, { a: 1 }),
      JSON.stringify({ id: 'torn', pattern: '{"a":["b"]}', event: '{' }),
    ]);
    expect(linesOf(done)).toMatchObject([
      { id: 'yes', match: true },
      { id: 'no', match: false },
      { id: 'valid', valid: true },
      { id: 'bad', error: { code: 'invalid-pattern' } },
      { id: 'torn', error: { code: 'invalid-event' } },
    ]);
    expect(done.code).toBe(1);
  });
});
