import { cpSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page, pages, ROOT, shell, sluice } from './pages.ts';

const PAGE = page('docs/command-line.md');
const sections = new Map(PAGE.split(/^## /m).map((section) => [section.split('\n', 1)[0] ?? '', section]));

/** A command line that is followed by what it prints. */
const examples = [...PAGE.matchAll(/^```console\n\$ (.+)\n```\n```json\n([\s\S]*?)^```$/gm)].map(([, command = '', output = '']) => ({
  command,
  output: JSON.parse(output),
}));

/** The names of an answer's fields, and what kind of value they have; null may stand for any, an empty list for any list. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? expect.any(Array) : value.slice(0, 1).map(shape);
  if (value === null || typeof value !== 'object') return typeof value;
  // What a document says of itself, and what an event tells, differ from one to the next.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'metadata' || name === 'facts' ? 'object' : inner === null ? expect.anything() : shape(inner),
    ]),
  );
}

describe('the commands that the documentation names', () => {
  it('are those that there are', async () => {
    const { stdout } = await sluice(['--help']);
    const there = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1] ?? '');
    expect([...sections.keys()].slice(1)).toEqual(['Everywhere', ...there]);
    for (const { file, text } of pages) {
      const code = [...text.matchAll(/^```[\s\S]*?^```$|`[^`\n]+`/gm)].map((match) => match[0]).join('\n');
      for (const [, name] of code.matchAll(/(?:\bnpx |`|\$ |\| )sluice ([a-z]+)/g))
        expect(there, `${file}: sluice ${name}`).toContain(name);
    }
  });

  it('have all of their options on the page of the command line, and no others', async () => {
    for (const file of globSync('apps/cli/commands/*.ts', { cwd: ROOT })) {
      const name = path.basename(file, '.ts');
      const [command] = Object.values<{ options?: object; summary?: string }>(await import(path.join(ROOT, file))).filter(
        (exported) => exported.options && exported.summary,
      );
      const told = [...(sections.get(name) ?? '').matchAll(/^\| `--([a-z-]+)/gm)].map((match) => match[1]);
      const wanted = Object.keys(command?.options ?? {}).filter((option) => option !== 'jsonl' || name !== 'export');
      expect(told.filter((option) => option !== 'source').sort(), name).toEqual(wanted.sort());
    }
  });
});

describe('the examples of the command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-docs-'));
  beforeAll(async () => {
    for (const part of ['samples/documents/service', 'samples/problems', 'samples/tables'])
      cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
    const first = examples.find(({ command }) => command.includes(' ingest '));
    if (first) await shell(first.command, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(examples)('$command', async ({ command, output }) => {
    const { stdout } = await shell(command, folder);
    const [line = ''] = stdout.split('\n', 1);
    expect(shape(JSON.parse(line))).toEqual(shape(output));
  });
});
