import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise, normaliseText } from '#core/normalise.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { processorClock } from '#test/processor-time.ts';

const documentOf = (...elements: Element[]): Extracted => ({ format: 'txt', metadata: {}, elements, warnings: [] });
const paragraph = (text: string): Element => ({ kind: 'paragraph', text });

test.each([
  ['composes letters', 'cafe\u0301', 'café'],
  ['spells ligatures out', 'o\uFB03ce \uFB02ow', 'office flow'],
  ['spells Arabic letters by shape out', '\uFEFB', '\u0644\u0627'],
  ['makes odd spaces plain', 'a\u00A0b\u2009c\u3000d', 'a b c d'],
  ['makes line ends plain', 'a\r\nb\rc\u2028d\fe', 'a\nb\nc\nd\ne'],
  ['collapses blanks, keeping that there was a tab', 'a   b \t c', 'a b\tc'],
  ['drops blanks around lines', '  a  \n  b  ', 'a\nb'],
  ['keeps one blank line', 'a\n\n\n\nb', 'a\n\nb'],
  ['drops soft hyphens, at a line end with it', 'exam\u00ADple exam\u00AD\nple', 'example example'],
  ['joins a word that a line end split', 'the docu-\nment is here', 'the document is here'],
  [
    'keeps the hyphen of a compound that the text has elsewhere',
    'a fire-\nproof door, a fire-proof wall',
    'a fire-proof door, a fire-proof wall',
  ],
  ['drops the hyphen of a word that the text has elsewhere whole', 'self-\nish is selfish', 'selfish is selfish'],
  ['keeps the hyphen before a name', 'Jean-\nPaul', 'Jean-Paul'],
  ['keeps the hyphen of a prefix that has one', 'well-\nknown', 'well-known'],
  ['keeps the hyphens of a phrase', 'state-of-the-\nart', 'state-of-the-art'],
  ['keeps a dash at a line end', 'yes -\nno 1-\n2', 'yes -\nno 1-\n2'],
  ['takes zero-width characters out of words', 'pass\u200Bword\u2060\uFEFF', 'password'],
  ['takes hidden tag characters out', 'a\u{E0041}\u{E0042}b', 'ab'],
  [
    'keeps joiners where they are read',
    '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 👩\u200D💻',
    '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 👩\u200D💻',
  ],
  [
    'keeps the tags of a flag',
    '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
  ],
  ['takes joiners out of Latin words', 'ig\u200Dnore', 'ignore'],
  ['takes control characters out', 'a\0b\x1bc', 'abc'],
  ['marks half a surrogate pair as broken', 'a\uD800b', 'a\uFFFDb'],
])('%s', (_, text, normal) => {
  expect(normaliseText(text)).toBe(normal);
});

describe('a document', () => {
  test('says how much of it was invisible', () => {
    const { warnings } = normalise(documentOf(paragraph('a\u200Bb\u200B\u200B'), paragraph('c\u202Ed'), paragraph('e\0')));
    expect(warnings.map(({ code, message }) => [code, Number.parseInt(message, 10)])).toEqual([
      ['zero-width', 3],
      ['bidi-control', 1],
      ['control-characters', 1],
    ]);
  });

  test('keeps the spacing of code', () => {
    const { elements } = normalise(documentOf({ kind: 'code', text: '\nif x:\r\n    re-\n    turn\u00A0y\n' }));
    expect(elements).toEqual([{ kind: 'code', text: 'if x:\n    re-\n    turn y' }]);
  });

  test('loses elements that have no text, and keeps pictures', () => {
    const { elements } = normalise(
      documentOf(paragraph(' \u200B'), { kind: 'table', rows: [[' ', '']], headerRows: 0 }, { kind: 'image', text: '' }, paragraph('a')),
    );
    expect(elements.map((element) => element.kind)).toEqual(['image', 'paragraph']);
  });

  test('has headings and metadata on one line', () => {
    const result = normalise({
      ...documentOf({ kind: 'heading', level: 1, text: 'Annual\n\nreport' }),
      metadata: { title: ' Annual\r\nreport ', author: ' ', keywords: ['a\u00A0b', ''] },
    });
    expect(result.elements).toEqual([{ kind: 'heading', level: 1, text: 'Annual report' }]);
    expect(result.metadata).toEqual({ title: 'Annual report', keywords: ['a b'] });
  });

  test('decides about a split word by how another paragraph writes it', () => {
    const { elements } = normalise(documentOf(paragraph('the co-\noperation'), paragraph('their co-operation')));
    expect(elements[0]).toEqual(paragraph('the co-operation'));
  });
});

const oddText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        'b',
        'Zé',
        'e\u0301',
        '-',
        '-\n',
        '\n',
        '\r\n',
        ' ',
        '\t',
        '\u00A0',
        '\u00AD',
        '\u200B',
        '\u200D',
        '\u200C',
        '\uFE0F',
        '\uFE00',
      ),
      fc.constantFrom(
        '\u202E',
        '\uFB01',
        '\uFDFA',
        '\uFE70',
        '👩',
        '🏴',
        '\u{E0067}',
        '\u{E0062}',
        '\u{E007F}',
        '\u0645',
        '\u0915',
        '\u0301',
        '\0',
        '\uD800',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

test('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.array(oddText, { maxLength: 4 }), (texts) => {
      const once = normalise(documentOf(...texts.map(paragraph)));
      expect(normalise(once)).toEqual(once);
    }),
    { numRuns: 2000 },
  );
});

test('takes time in proportion to the text, whatever it is made of', () => {
  const seconds = (text: string): number => {
    const elapsed = processorClock();
    normaliseText(text);
    return elapsed() / 1000;
  };
  for (const unit of [' ', '\t', '\n', ' \n', '\u00AD ', '-\n', 'a-\n', '\u200B', '\u200D', '\uFE0F', '🏴\u{E0067}', '\u0301']) {
    expect(seconds(`x${unit.repeat(200_000)}é`)).toBeLessThan(2);
  }
});
