import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const node = process.execPath;

/** The packages that an install of the product brings, without the development ones. */
function runtimePackages(): string[] {
  const { packages }: { packages: Record<string, { dev?: boolean; optional?: boolean }> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(packages).flatMap(([where, { dev }]) =>
    /^node_modules\/(@[^/]+\/)?[^/]+$/.test(where) && !dev ? [where.slice('node_modules/'.length)] : [],
  );
}

let project = '';
let installed = '';

beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), 'sluice-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: root, maxBuffer: 1e8 });
  const told: unknown = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
  const [first] = Array.isArray(told) ? told : Object.values(told as object);
  installed = path.join(project, 'node_modules', 'sluice');
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', path.join(project, path.basename(first.filename)), '-C', installed, '--strip-components', '1']);
  for (const name of runtimePackages()) {
    const at = path.join(project, 'node_modules', name);
    mkdirSync(path.dirname(at), { recursive: true });
    try {
      symlinkSync(path.join(root, 'node_modules', name), at);
    } catch {
      // Parts for other systems are not installed here.
    }
  }
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ type: 'module', dependencies: { sluice: '*' } }));
  mkdirSync(path.join(project, 'documents'));
  writeFileSync(path.join(project, 'documents', 'harbour.md'), '# Harbour rules\n\nShips wait outside until the pilot is on board.\n');
}, 120_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

const sluice = async (...args: string[]): Promise<string> =>
  (await run(node, [path.join(installed, 'apps/cli/sluice.js'), ...args], { cwd: project })).stdout;

it('ingests and searches from an installed package', async () => {
  expect(JSON.parse(await sluice('ingest', 'documents', '--json'))).toMatchObject({ indexed: 1, failed: 0, rejected: 0 });
  const { hits } = JSON.parse(await sluice('search', 'pilot on board', '--json'));
  expect(hits[0].uri).toMatch(/harbour\.md$/);
  expect(JSON.parse(await sluice('doctor', '--json')).ok).toBe(true);
}, 60_000);

it('is a library', async () => {
  const script = `
    import { defineConfig, openSluice } from 'sluice';
    const sluice = await openSluice({ dataDir: 'library-data', config: defineConfig({ chunking: { maxTokens: 100 } }) });
    const summary = await sluice.ingest(['documents']);
    const { hits } = await sluice.search('ships wait');
    await sluice.close();
    console.log(JSON.stringify({ summary, hits }));`;
  writeFileSync(path.join(project, 'use.mjs'), script);
  const { stdout } = await run(node, ['use.mjs'], { cwd: project });
  const { summary, hits } = JSON.parse(stdout);
  expect(summary.indexed).toBe(1);
  expect(hits[0].text).toContain('Ships wait');
}, 60_000);

it('has types', async () => {
  writeFileSync(
    path.join(project, 'use.mts'),
    "import { openSluice, type Summary } from 'sluice';\nexport const pass = async (): Promise<Summary> => (await openSluice()).ingest(['documents']);\nexport const wrong: number = pass;\n",
  );
  const told = await run(
    node,
    [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--skipLibCheck',
      '--types',
      '',
      'use.mts',
    ],
    { cwd: project },
  ).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
  expect(told.trim().split('\n')).toEqual([expect.stringContaining("use.mts(3,14): error TS2322: Type '() => Promise<Summary>'")]);
}, 60_000);

it('carries no TypeScript sources, tests or samples', async () => {
  const { stdout } = await run('find', [installed, '-name', '*.ts', '-not', '-name', '*.d.ts']);
  expect(stdout).toBe('');
});
