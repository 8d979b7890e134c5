import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { published } from '../../docs/generate.ts';
import { blocks, pages, ROOT } from './pages.ts';

const samples = globSync('samples/*.ts', { cwd: ROOT }).map((file) => published(readFileSync(path.join(ROOT, file), 'utf8')));
const snippets = pages.flatMap(({ file, text }) =>
  ['ts', 'js', 'typescript'].flatMap((name) => blocks(text, name)).map((body) => ({ file, body })),
);

describe('snippets of the documentation', () => {
  it.each(snippets)('of $file are part of a sample that is compiled and run', ({ body }) => {
    expect(samples.filter((sample) => sample.includes(body))).not.toEqual([]);
  });
});
