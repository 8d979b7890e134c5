import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeText } from '#core/chunking/place-text.ts';
import { elementText } from '#core/document-text.ts';

const kinds = (text: string): [string, string][] =>
  placeText(text).placed.map(({ element, start, end }) => [element.kind, text.slice(start, end)]);

test.each<[string, string, [string, string][]]>([
  [
    'paragraphs by blank lines',
    'One\ntwo\n\nthree',
    [
      ['paragraph', 'One\ntwo'],
      ['paragraph', 'three'],
    ],
  ],
  [
    'headings without their marks',
    '# A #\n\n## B\ntext',
    [
      ['heading', 'A'],
      ['heading', 'B'],
      ['paragraph', 'text'],
    ],
  ],
  [
    'underlined headings',
    'Title\n=====\n\nSub\n---\ntext',
    [
      ['heading', 'Title'],
      ['heading', 'Sub'],
      ['paragraph', 'text'],
    ],
  ],
  [
    'wiki headings',
    '== History ==\ntext',
    [
      ['heading', 'History'],
      ['paragraph', 'text'],
    ],
  ],
  ['an equation, which is no heading', '= 2 + 2\n', [['paragraph', '= 2 + 2']]],
  [
    'items with their numbers',
    '- a\n- b\n1. c\n  more',
    [
      ['list-item', 'a'],
      ['list-item', 'b'],
      ['list-item', '1. c\n  more'],
    ],
  ],
  [
    'code with its fence',
    '```js\nlet a;\n\n# no heading\n```\nend',
    [
      ['code', '```js\nlet a;\n\n# no heading\n```'],
      ['paragraph', 'end'],
    ],
  ],
  [
    'tables',
    '| a | b |\n|---|---|\n| 1 | 2 |\n\nend',
    [
      ['table', '| a | b |\n|---|---|\n| 1 | 2 |'],
      ['paragraph', 'end'],
    ],
  ],
  ['a line with a bar, which is no table', 'a | b\nc', [['paragraph', 'a | b\nc']]],
  [
    'Windows line ends',
    '# A\r\n\r\nb\r\n',
    [
      ['heading', 'A'],
      ['paragraph', 'b'],
    ],
  ],
  ['nothing', ' \n\t\n', []],
])('reads %s', (_, text, expected) => {
  expect(kinds(text)).toEqual(expected);
});

test('a table has its cells, the rule below the header is none', () => {
  const [table] = placeText('| a | b |\n|---|:-:|\n| 1 | |').placed;
  expect(table?.element).toEqual({
    kind: 'table',
    rows: [
      ['a', 'b'],
      ['1', ''],
    ],
    headerRows: 1,
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '# ',
        '## a',
        '\n',
        '\n\n',
        '- b',
        '1. ',
        '```',
        '| c |',
        '|--|',
        '--',
        '==',
        ' ',
        '\t',
        'word',
        '\r\n',
        '= d =',
        '7',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);

test('elements are slices in order that hold every letter and digit', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { placed } = placeText(text);
      const seen = new Uint8Array(text.length);
      let last = 0;
      for (const { element, start, end } of placed) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThanOrEqual(start);
        if (element.kind !== 'table') expect(elementText(element)).toBe(text.slice(start, end));
        seen.fill(1, start, end);
        last = end;
      }
      for (const { index } of text.matchAll(/[\p{L}\p{N}]/gu)) expect(seen[index]).toBe(1);
    }),
    { numRuns: 500 },
  );
});
