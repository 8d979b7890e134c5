import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#core/errors.ts';
import { compilePattern } from '#core/event-pattern.ts';
import { BATCH_PRIORITY, deliveriesOf, routesOf } from '#core/routing.ts';
import { STAGES } from '#core/stages/index.ts';
import { STAGE_SHAPES } from '#core/stages/shapes.ts';
import { EVENT_NAMES, parseEvent } from '#schemas/events/index.ts';
import { ROUTES, STAGE_NAMES } from '#schemas/routes.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const list = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (file) => /(^|\/)(node_modules|dist|\.git|\.sst)(\/|$)/.test(file) })
    .map((file) => file.split(path.sep).join('/'))
    .sort();

const FOLDERS = ['schemas', 'core', 'adapters', 'connectors', 'apps', 'functions', 'stacks'];
const sources = list(`{${FOLDERS.join(',')}}/**/*.{ts,tsx,js,mjs,css,html}`);
const code = sources.filter((file) => /\.(tsx?|m?js)$/.test(file));

/** Without comments, so that words about a thing are not taken for its use. */
const codeOf = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\/|(^|[^:'"`\\])\/\/.*$/gm, '$1');

const IMPORT =
  /(?:\bimport|\bexport)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\bnew URL\(\s*['"](\.[^'"]+\.[jt]s)['"]\s*,\s*import\.meta/g;

/** What a file imports, from the repository's root; packages by their names. */
const importsOf = (file: string): string[] =>
  [...codeOf(file).matchAll(IMPORT)].map(([, from, dynamic, url]) => {
    const name = from ?? dynamic ?? url ?? '';
    if (name.startsWith('#')) return name.slice(1);
    return name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name;
  });

/** The part of the table of `design.md` that a path belongs to: an adapter, a connector and an app each for itself. */
function partOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return ['adapters', 'connectors', 'apps'].includes(top) ? `${top}/${second}` : top;
}

const MAY_IMPORT: [part: RegExp, others: RegExp][] = [
  [/^schemas$/, /^$/],
  [/^core$/, /^schemas$/],
  // Parsing in child processes is the same on one machine and in a function.
  [/^adapters\/local$/, /^(core|schemas|adapters\/(parsing|duckdb))$/],
  [/^(adapters\/(?!local$)|connectors\/)/, /^(core|schemas)$/],
  [/^apps\/api$/, /^(core|schemas)$/],
  [/^apps\/dashboard$/, /^schemas$/],
  [/^apps\/cli$/, /^(core|schemas|adapters\/(local|parsing|duckdb|remote)|connectors\/.*|apps\/api)$/],
  [/^functions$/, /^(core|schemas|adapters\/(aws|parsing)|connectors\/.*|apps\/api)$/],
  [/^stacks$/, /^schemas$/],
];

describe('the import table', () => {
  it('has a row for every part', () => {
    for (const part of new Set(sources.map(partOf))) expect(MAY_IMPORT.filter(([row]) => row.test(part)).length, part).toBe(1);
  });

  it.each([...new Set(code.map(partOf))])('holds for %s', (part) => {
    const allowed = MAY_IMPORT.find(([row]) => row.test(part))?.[1];
    const wrong = code
      .filter((file) => partOf(file) === part)
      .flatMap((file) => importsOf(file).map((other) => ({ file, other })))
      .filter(({ other }) => FOLDERS.some((folder) => other.startsWith(`${folder}/`)))
      .filter(({ other }) => partOf(other) !== part && !allowed?.test(partOf(other)))
      .map(({ file, other }) => `${file} imports ${other}`);
    expect(wrong).toEqual([]);
  });

  it('is read from every form of import', () => {
    const all = code.flatMap(importsOf);
    expect(all).toEqual(expect.arrayContaining(['zod', 'node:crypto', 'core/errors.ts', 'schemas/config.ts', 'core/formats/text.ts']));
  });

  it('says that AWS is spoken in adapters/aws alone', () => {
    const files = code.filter((file) => importsOf(file).some((name) => name.startsWith('@aws-sdk/') || name.startsWith('@smithy/')));
    expect(files.filter((file) => !file.startsWith('adapters/aws/'))).toEqual([]);
  });
});

describe('core and schemas', () => {
  const inner = code.filter((file) => file.startsWith('core/') || file.startsWith('schemas/'));
  /** What computes only. Whatever else of Node reaches outside is a port. */
  const PURE = ['node:crypto', 'node:util', 'node:buffer', 'node:zlib', 'node:path', 'node:stream', 'node:assert'];

  it.each([
    ['the environment', /\bprocess\s*(\.|\[|\?\.)\s*['"]?(env|argv|cwd)\b/],
    ['the time of day', /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/],
    ['chance', /\bMath\.random\(|\brandomUUID\b|\brandomBytes\b|\bgetRandomValues\b/],
    ['the network', /\bfetch\(|\bWebSocket\b|\bXMLHttpRequest\b/],
    ['the console', /\bconsole\.\w+\(/],
  ])('use nothing of %s', (_, pattern) => {
    expect(inner.filter((file) => pattern.test(codeOf(file)))).toEqual([]);
  });

  it('use nothing of Node that reaches outside', () => {
    const wrong = inner.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('node:') || ['fs', 'fs/promises', 'child_process', 'net', 'http', 'https', 'os'].includes(name))
        .filter((name) => !PURE.includes(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('names', () => {
  it('of files and folders are kebab-case', () => {
    const parts = [...sources, ...list('test/**/*.ts'), ...list('docs/**/*.md')].filter((file) => !file.startsWith('test/fixtures/'));
    const wrong = parts.filter((file) => !file.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part)));
    expect(wrong.filter((file) => !/(^|\/)README\.md$/.test(file))).toEqual([]);
  });
});

describe('error codes', () => {
  it('have a page each, which tells what happened, why, and what to do', () => {
    const pages = list('docs/errors/*.md').map((file) => path.posix.basename(file, '.md'));
    expect(pages.filter((name) => name !== 'README')).toEqual(Object.keys(ERROR_CODES).sort());
    for (const code of Object.keys(ERROR_CODES)) {
      const page = read(`docs/errors/${code}.md`);
      expect(page, code).toMatch(new RegExp(`^# ${code}\n`));
      for (const heading of ['What happened', 'Why', 'What to do']) expect(page, code).toContain(`\n## ${heading}\n`);
    }
  });
});

describe('events', () => {
  const samples = list('samples/events/*.json');
  const sampleOf = (file: string): unknown => JSON.parse(read(file));

  it('have a sample each', () => {
    const named = samples.map((file) => path.posix.basename(file, '.json'));
    expect(named).toEqual(expect.arrayContaining([...EVENT_NAMES]));
  });

  it.each(samples)('%s is one, and says nothing beyond its schema', (file) => {
    const sample = sampleOf(file);
    const event = parseEvent(sample);
    expect(event).toEqual(sample);
    const type = event.source === 'sluice' ? event['detail-type'] : event['detail-type'].toLowerCase().replaceAll(' ', '-');
    // A second sample of an event says which one it is: `document.validated.table.json`.
    const name = path.posix.basename(file, '.json');
    expect(name === type || name.startsWith(`${type}.`), `${name} holds ${type}`).toBe(true);
  });

  it.each(samples)('%s is taken by a stage', (file) => {
    expect(routesOf(parseEvent(sampleOf(file))).length).toBeGreaterThan(0);
  });
});

describe('routes', () => {
  it('have a stage each, in the order of the pipeline', () => {
    expect(ROUTES.map(({ stage }) => stage)).toEqual([...STAGE_NAMES]);
    expect(STAGES.map(({ name }) => name)).toEqual([...STAGE_NAMES]);
    expect(STAGE_SHAPES.map(({ name }) => name)).toEqual([...STAGE_NAMES]);
  });

  it.each(ROUTES)('$stage: its patterns compile', ({ on }) => {
    expect(on.length).toBeGreaterThan(0);
    for (const pattern of on) expect(() => compilePattern(pattern)).not.toThrow();
  });

  it.each(ROUTES)('$stage: some sample takes it', ({ stage }) => {
    const taken = list('samples/events/*.json').flatMap((file) => deliveriesOf(parseEvent(JSON.parse(read(file)))));
    const priorities = taken.filter((delivery) => delivery.stage === stage).map(({ priority }) => priority);
    expect(priorities.length).toBeGreaterThan(0);
    expect(priorities.every((priority) => priority >= BATCH_PRIORITY === (stage === 'measure'))).toBe(true);
  });
});
