import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '#core/errors.ts';
import type { Figures } from '#schemas/records/figures.ts';
import type { DocumentRecord } from '#schemas/records/pipeline-view.ts';

const FOLDER = new URL('../../../apps/dashboard/public/', import.meta.url);
const load = (name: string) => import(new URL(name, FOLDER).href);

type Piece = { text: string; isMarked: boolean };
const { marked }: { marked(text: string, query: string, most: number): Piece[] } = await load('marks.js');
const words: {
  visible(text: string): string;
  nameOf(uri: string): { name: string; folder: string };
  shortTime(at: Date, now: Date): string;
  factsInWords(facts: Record<string, unknown>): string;
} = await load('words.js');
const {
  ADVICE,
  adviceFor,
}: { ADVICE: Record<string, string>; adviceFor(record: Pick<DocumentRecord, 'state' | 'problem'>): string | undefined } =
  await load('advice.js');

describe('the page cannot write markup', () => {
  test('its scripts build text and elements, never markup or code from strings', () => {
    const writers =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc|\beval\b|new Function|javascript:|setHTML/;
    for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.js'))) {
      expect(readFileSync(new URL(name, FOLDER), 'utf8'), name).not.toMatch(writers);
    }
  });

  test('its markup has no inline script or style, and asks nobody else for anything', () => {
    const html = readFileSync(new URL('index.html', FOLDER), 'utf8');
    expect(html).not.toMatch(/\son[a-z]+=|\sstyle=|<style|https?:|\/\/[a-z]/i);
    for (const [, path] of html.matchAll(/(?:src|href)="\/([^"]*)"/g)) expect(readdirSync(FOLDER)).toContain(path);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });
});

describe('marked passages', () => {
  const shown = (text: string, query: string, most = 200) =>
    marked(text, query, most)
      .map(({ text: piece, isMarked }) => (isMarked ? `[${piece}]` : piece))
      .join('');

  test.each([
    ['The invoice is due.', 'invoices', 'The [invoice] is due.'],
    ['Die Rechnungen für März', 'MARZ rechnung', 'Die [Rechnungen] für [März]'],
    ['see the sea', 'see', '[see] the sea'],
    ['no match here', 'ferry', 'no match here'],
    ['a <b>bold</b> claim', 'b', 'a <[b]>bold</[b]> claim'],
    ['日本 123', '123', '日本 [123]'],
    ['', 'a', ''],
    ['text', '', 'text'],
    ['(a+)+$', '(a+)+$ .*', '([a]+)+$'],
  ])('%j for %j', (text, query, expected) => expect(shown(text, query)).toBe(expected));

  test('a long passage is cut to where the words are', () => {
    const text = `${'filler words '.repeat(200)}the ferry leaves at noon${' more filler'.repeat(200)}`;
    const cut = shown(text, 'ferry noon', 120);
    expect(cut).toContain('the [ferry] leaves at [noon]');
    expect(cut.length).toBeLessThan(140);
    expect(cut).toMatch(/^… .* …$/);
  });

  test('nothing but white space is lost of a short one', () => {
    expect(
      marked('a  b\n\nc a', 'a', 100)
        .map(({ text }) => text)
        .join(''),
    ).toBe('a b c a');
  });
});

const { figuresInWords }: { figuresInWords(figures: Figures): string } = await load('figures.js');

describe('words', () => {
  test.each([
    ['file:///in/a b/Übersicht.md', { name: 'Übersicht.md', folder: '/in/a b' }],
    ['file:///in/100%25.txt', { name: '100%25.txt', folder: '/in' }],
    ['wiki:Page', { name: 'wiki:Page', folder: '' }],
    ['file:///in/<script>.txt', { name: '<script>.txt', folder: '/in' }],
  ])('the name in %s', (uri, expected) => expect(words.nameOf(uri)).toEqual(expected));

  test('a name cannot hide its ending by turning the direction of writing', () => {
    expect(words.visible('invoice\u202efdp.exe')).toBe('invoice\\u{202e}fdp.exe');
    expect(words.visible('a\nb\u200b')).toBe('a\\u{a}b\\u{200b}');
  });

  test('today needs no date', () => {
    const now = new Date(2026, 10, 21, 12);
    expect(words.shortTime(new Date(2026, 10, 21, 9, 5, 7), now)).toBe('09:05:07');
    expect(words.shortTime(new Date(2026, 0, 2, 9, 5, 7), now)).toBe('2026-01-02 09:05');
  });

  test('facts are told, empty ones left out', () => {
    expect(words.factsInWords({ score: 0.5, found: {}, rules: ['a', 'b'], types: { EMAIL: 2 } })).toBe(
      'score 0.5, rules a + b, types EMAIL 2',
    );
  });
});

describe('figures of today', () => {
  const figures: Figures = {
    since: '2026-11-21T00:00:00.000Z',
    documents: { in: 1_200, out: 1_199, removed: 0, rejected: 1, held: 0, failed: 0 },
    chunks: { embedded: 1, reused: 30 },
    freshness: { p50: 1.75, p95: 12.4 },
    quality: { score: 0.987, passRate: 1 },
    stages: [],
  };

  test('are one line', () => {
    expect(figuresInWords(figures)).toBe(
      'today 1,200 in, 1,199 out, 1 rejected; 1 chunk embedded, 30 reused; 1.8 s from change to served, 95 % within 12 s; quality 0.99',
    );
  });

  test('are nothing while nothing happened', () => {
    const documents = { in: 0, out: 0, removed: 0, rejected: 0, held: 0, failed: 0 };
    expect(figuresInWords({ ...figures, documents, freshness: null, quality: { score: null, passRate: null } })).toBe('');
  });
});

describe('advice', () => {
  test('there is some for every code that a document can have', () => {
    const codes = Object.entries(ERROR_CODES).filter(([, kind]) => kind !== 'usage');
    for (const [code] of codes) expect(ADVICE[code], code).toMatch(/\.$/);
    expect(ADVICE.bug).toBeDefined();
  });

  test('a held document needs a decision whatever rule held it; a code without a page has none', () => {
    const problem = { stage: 'assess', code: 'readable', message: 'm', generation: 1, at: 1 };
    expect(adviceFor({ state: 'held', problem })).toContain('decide');
    expect(adviceFor({ state: 'rejected', problem: { ...problem, code: 'constructor' } })).toBeUndefined();
    expect(adviceFor({ state: 'indexed', problem: null })).toBeUndefined();
  });
});
