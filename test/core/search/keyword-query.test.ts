import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keywordQuery } from '#core/search/keyword-query.ts';
import { keywordText } from '#core/search/keyword-text.ts';

function indexOf(...texts: string[]) {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE VIRTUAL TABLE keywords USING fts5(path, text, tokenize='porter unicode61 remove_diacritics 2')`);
  const insert = db.prepare(`INSERT INTO keywords(rowid, path, text) VALUES (?, '', ?)`);
  for (const [i, text] of texts.entries()) insert.run(i, keywordText(text));
  const find = db.prepare('SELECT rowid FROM keywords WHERE keywords MATCH ? ORDER BY bm25(keywords), rowid');
  return (query: string): number[] => {
    const match = keywordQuery(query);
    return match === undefined ? [] : find.all(match).map((row) => Number(row.rowid));
  };
}

test.each([
  ['notice period', '"notice" OR "period"'],
  ['What is the notice period of my contract?', '"notice" OR "period" OR "contract"'],
  ['Wie lang ist die Kündigungsfrist für den Vertrag?', '"lang" OR "kündigungsfrist" OR "vertrag"'],
  ['Quelle est la durée du préavis ?', '"durée" OR "préavis"'],
  ['to be or not to be', '"to" OR "be" OR "or" OR "not"'],
  ['die casting', '"die" OR "casting"'],
  ['invoice invoice INVOICE', '"invoice"'],
  ['AB-1234/x', '"ab" OR "1234" OR "x"'],
  ['東京都', '"東京" OR "京都"'],
])('%j looks for %s', (query, expected) => {
  expect(keywordQuery(query)).toBe(expected);
});

test.each(['', '   ', '"', '* - ( )', '👍', '\u0000', '\ud800'])('%j has nothing to look for', (query) => {
  expect(keywordQuery(query)).toBeUndefined();
});

test('syntax of the index in a query is text', () => {
  const find = indexOf('near the text', 'cost column', 'plain');
  for (const query of [
    'NEAR("a" "b", 2)',
    'text:plain',
    'a" OR "plain',
    '^cost',
    'pla*',
    '-text',
    '{path text}:x',
    'AND NOT OR',
    "x'; DROP TABLE keywords; --",
  ])
    expect(() => find(query)).not.toThrow();
  expect(find('text: nothing')).toEqual([0]);
});

test('no query breaks the index', () => {
  const find = indexOf('some text');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string()), (query) => void find(query)),
    { numRuns: 300 },
  );
  expect(() => find('word '.repeat(100_000))).not.toThrow();
  expect(() => find(Array.from({ length: 5000 }, (_, i) => `w${i}`).join(' '))).not.toThrow();
});

test('finds inflected words, and letters with and without accents', () => {
  const find = indexOf('The invoices were cancelled.', 'Die Kündigung', 'Die Kundigung', 'nothing');
  expect(find('cancel an invoice')).toEqual([0]);
  expect(find('Kündigung')).toEqual([1, 2]);
});

test('finds words in texts without blanks', () => {
  const find = indexOf('契約は毎年更新されます。', '支払い条件について', 'สัญญาจ้างงาน');
  expect(find('契約更新')).toEqual([0]);
  expect(find('支払い')).toEqual([1]);
  expect(find('จ้างงาน')).toEqual([2]);
});

test('keyword text of languages with blanks is the text', () => {
  expect(keywordText('Ein Vertrag, naïve 한국어 Кот')).toBe('Ein Vertrag, naïve 한국어 Кот');
});
