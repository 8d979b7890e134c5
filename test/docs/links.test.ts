import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { page, pages, ROOT } from './pages.ts';

/** Fenced blocks and code spans hold no links. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'code');

const linksOf = (text: string): string[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '').filter((link) => !/^[a-z]+:/i.test(link));

/** The anchor that a heading gets, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
const anchorsOf = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe('links', () => {
  it.each(pages.map(({ file, text }) => [file, text] as const))('of %s lead somewhere', (file, text) => {
    for (const link of linksOf(text)) {
      const [target = '', anchor] = link.split('#');
      const to = target === '' ? file : path.posix.join(path.posix.dirname(file), target);
      expect(existsSync(path.join(ROOT, to)), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(page(to)), link).toContain(anchor);
    }
  });

  it('of the README reach every page', () => {
    const reached = new Set(['README.md']);
    for (const from of reached) {
      for (const link of linksOf(page(from))) {
        const to = path.posix.join(path.posix.dirname(from), link.split('#')[0] ?? '');
        if (pages.some(({ file }) => file === to)) reached.add(to);
      }
    }
    expect(pages.map(({ file }) => file).filter((file) => !reached.has(file))).toEqual([]);
  });
});
