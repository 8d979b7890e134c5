import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS, FORMATS, formatOf } from '#core/formats/index.ts';
import { page } from './pages.ts';

const names = Object.keys(FORMATS) as (keyof typeof FORMATS)[];
/** By a parser, by the table engine, or by the recogniser of pictures that every installation has. */
const isRead = (name: keyof typeof FORMATS): boolean => {
  const { load, byEngine, modality } = formatOf(name);
  return load !== undefined || byEngine === true || modality === 'image';
};

describe('the formats in the documentation', () => {
  it('are in the README those that are read, with all of their extensions', () => {
    const told = [...page('README.md').matchAll(/^\| [^|]+ \| ((?:\.\w+ ?)+)\| /gm)].flatMap(([, cell = '']) => cell.trim().split(' '));
    expect(told.sort()).toEqual(
      names
        .filter(isRead)
        .flatMap((name) => [...formatOf(name).extensions])
        .sort(),
    );
  });

  it('have a row each on their page; those not read yet are listed', () => {
    const [rows = '', rest = ''] = page('docs/formats.md').split('## Recognised, and not read yet');
    const told = [...rows.matchAll(/^\| ([a-z, ]+) \| /gm)]
      .flatMap(([, cell = '']) => cell.split(', '))
      .filter((name) => name !== 'format');
    const [list = ''] = /:([^.]*)\./.exec(rest.replace(/^These give [^:]*/m, '')) ?? [];
    expect(told.sort()).toEqual(names.filter(isRead).sort());
    expect((list.match(/[a-z0-9]+/g) ?? []).sort()).toEqual(names.filter((name) => !isRead(name)).sort());
  });

  it('have the bounds that are said', () => {
    const { maxInflatedBytes, maxEntries, maxTextLength, maxDepth } = DEFAULT_PARSE_LIMITS;
    const said = page('docs/formats.md').replace(/\s+/g, ' ');
    for (const bound of [
      `${maxInflatedBytes / 1024 / 1024} MB`,
      `${maxEntries.toLocaleString('en')} entries`,
      `${maxTextLength / 1e6} million characters`,
      `${maxDepth.toLocaleString('en')} deep`,
    ])
      expect(said).toContain(bound);
  });
});

describe('the error codes', () => {
  it('are listed once each, under what is at fault', () => {
    const [, ...sections] = page('docs/errors.md').split(/^## /m);
    const codes = (at: number): string[] =>
      [...(sections[at] ?? '').matchAll(/^\| \[([a-z-]+)\]\(errors\/\1\.md\)/gm)].map((match) => match[1] ?? '').sort();
    const ofKind = (kind: string): string[] =>
      Object.entries(ERROR_CODES)
        .flatMap(([code, is]) => (is === kind ? [code] : []))
        .sort();
    expect([codes(0), codes(1), codes(2)]).toEqual([ofKind('reject'), ofKind('retry'), ofKind('usage')]);
  });
});
