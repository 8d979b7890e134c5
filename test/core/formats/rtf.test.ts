import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseRtf } from '#core/formats/rtf.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

/** A file of latin-1 source, as RTF is. */
const read = (source: string): Extracted => parseRtf(Buffer.from(source, 'latin1'), { name: 'a.rtf', limits: DEFAULT_PARSE_LIMITS });
const elements = (body: string) => read(`{\\rtf1\\ansi\\ansicpg1252\\uc1 ${body}}`).elements;
const texts = (body: string): string[] => elements(body).map((element) => ('text' in element ? element.text : 'table'));

describe('characters', () => {
  test.each([
    ["by code page: \\'fc", 'ü'],
    ['by number, with their replacement passed over: \\u252?ber', 'über'],
    ["whose replacement is a byte: \\u8217\\'92s", '’s'],
    ['without replacement: {\\uc0 \\u252 ber}', 'über'],
    ['from two halves: \\u-10240?\\u-8398?', '𐌲'],
    ['by name: a\\emdash b\\~c \\lquote d\\rquote', 'a—b\u00A0c ‘d’'],
    ['that are escaped: \\{a\\}\\\\', '{a}\\'],
    ['of which a source line breaks the row: be\r\nfore', 'before'],
    ['with a Unicode twin: {\\upr{ANSI}{\\*\\ud{\\u252?ber}}}', 'über'],
  ])('%s', (body, expected) => {
    expect(texts(body.slice(body.indexOf(': ') + 2))).toEqual([expected]);
  });

  test('of fonts in other character sets', () => {
    const fonts = '{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}{\\f2\\fcharset128 Mincho;}}';
    expect(texts(`${fonts}{\\f1\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2} {\\f2\\'93\\'fa\\'96{\\f0 !}}{\\f2\\'93\\'fa\\'96\\'7b}\\par`)).toEqual([
      expect.stringMatching(/^Привет 日.*日本$/),
    ]);
  });

  test('of the code pages of DOS and Mac', () => {
    expect(read("{\\rtf1\\pc \\'84}").elements).toMatchObject([{ text: 'ä' }]);
    expect(read("{\\rtf1\\mac \\'8a}").elements).toMatchObject([{ text: 'ä' }]);
  });
});

describe('structure', () => {
  test('headings by outline level and by the name of their style', () => {
    const styles = '{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s5 \\u220?berschrift 3;}{\\s6 Normal;}}';
    expect(elements(`${styles}\\pard\\s1 One\\par\\pard\\s5 Three\\par\\pard\\outlinelevel1 Two\\par\\pard\\s6 Text\\par`)).toEqual([
      { kind: 'heading', level: 1, text: 'One' },
      { kind: 'heading', level: 3, text: 'Three' },
      { kind: 'heading', level: 2, text: 'Two' },
      { kind: 'paragraph', text: 'Text' },
    ]);
  });

  test('headings by their look where no style makes any', () => {
    const text = 'These words are the text of the document, of which there is far more than of headings.';
    expect(
      elements(`\\fs32 Plan\\par\\b\\fs22 Scope\\par\\b0 ${text}\\par {\\b Note:} ${text}\\par\\b ${text}\\par\\b0 ${text}\\par`),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'Plan' },
      { kind: 'heading', level: 2, text: 'Scope' },
      { kind: 'paragraph', text },
      { kind: 'paragraph', text: `Note: ${text}` },
      { kind: 'paragraph', text },
      { kind: 'paragraph', text },
    ]);
    expect(texts('\\b Bold\\par words\\par only\\par')).toHaveLength(3);
  });

  test('lists with their markers and levels', () => {
    const item = (marker: string, level: number, text: string): string =>
      `{\\listtext\\tab ${marker}\\tab}\\pard\\ls1\\ilvl${level} ${text}\\par`;
    expect(
      elements(
        item('1.', 0, 'Milk') +
          item("\\'b7", 1, 'whole') +
          "\\pard{\\pntext\\f1\\'B7\\tab}{\\*\\pn\\pnlvlblt{\\pntxtb\\'B7}}Bread\\par\\pard Done\\par",
      ),
    ).toEqual([
      { kind: 'list-item', level: 1, marker: '1.', text: 'Milk' },
      { kind: 'list-item', level: 2, text: 'whole' },
      { kind: 'list-item', level: 1, text: 'Bread' },
      { kind: 'paragraph', text: 'Done' },
    ]);
  });

  test('a bold row above others is a header, a bold column is none', () => {
    const row = (cells: string): string => `\\trowd\\cellx100\\cellx200\\pard\\intbl ${cells}\\row`;
    const headed = row('{\\b item}\\cell {\\b price}\\cell') + row('tea\\cell 2\\cell');
    const sided = row('{\\b item}\\cell price\\cell') + row('{\\b tea}\\cell 2\\cell');
    expect(elements(headed)).toMatchObject([{ kind: 'table', headerRows: 1 }]);
    expect(elements(sided)).toMatchObject([{ kind: 'table', headerRows: 0 }]);
  });

  test('struck text is left out', () => {
    expect(texts('keep {\\strike drop }it\\strike  not\\strike0\\par')).toEqual(['keep it']);
  });

  test('tables with header rows and cells of several paragraphs', () => {
    const row = (cells: string, header = ''): string => `\\trowd${header}\\cellx100\\cellx200\\pard\\intbl ${cells}\\row`;
    expect(
      elements(`Before\\par${row('item\\cell price\\cell', '\\trhdr')}${row('tea\\par green\\cell 2\\cell')}\\pard After\\par`),
    ).toEqual([
      { kind: 'paragraph', text: 'Before' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['item', 'price'],
          ['tea\ngreen', '2'],
        ],
      },
      { kind: 'paragraph', text: 'After' },
    ]);
  });

  test('page headers, footnotes, comments and text boxes in their kinds', () => {
    const body =
      '{\\header Confidential\\par}Text{\\footnote\\pard See below}{\\*\\annotation Really?} goes on\\par{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt Box\\par}}}';
    expect(elements(body)).toEqual([
      { kind: 'paragraph', text: 'Confidential', boilerplate: 'header' },
      { kind: 'paragraph', text: 'Text goes on' },
      { kind: 'footnote', text: 'See below' },
      { kind: 'note', text: 'Really?' },
      { kind: 'paragraph', text: 'Box' },
    ]);
  });

  test('the result of a field, and nothing of pictures, instructions and unknown groups', () => {
    expect(
      texts(
        '{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt here}}{\\pict\\wmetafile8 01ff}{\\*\\unknown junk}{\\*\\bkmkstart a}\\bin3 }}} end',
      ),
    ).toEqual(['here end']);
  });
});

describe('text that no reader sees', () => {
  test('is set apart with the reason', () => {
    const body =
      '{\\colortbl;\\red255\\green255\\blue255;}Seen {\\v hidden} and {\\cf1 white} {\\cf1\\highlight2 marked} {\\deleted gone}\\par';
    expect(elements(body)).toEqual([
      { kind: 'paragraph', text: 'hidden', hidden: 'vanish' },
      { kind: 'paragraph', text: 'white', hidden: 'white-on-white' },
      { kind: 'paragraph', text: 'Seen  and  marked' },
    ]);
  });

  test('is one text per paragraph, whole where it was whole', () => {
    expect(elements('a{\\v pass}{\\v\\b word} b{\\v too}\\par')[0]).toEqual({ kind: 'paragraph', text: 'password too', hidden: 'vanish' });
  });

  test('white letters in a shaded row are seen', () => {
    const body = '{\\colortbl;\\red255\\green255\\blue255;}\\trowd\\clcbpat2\\cellx100\\pard\\intbl\\cf1 Head\\cell\\row\\pard';
    expect(elements(body)).toEqual([{ kind: 'table', headerRows: 0, rows: [['Head']] }]);
  });
});

test('the info group becomes metadata', () => {
  const source =
    '{\\rtf1{\\info{\\title Plan}{\\author A. B.}{\\keywords x, y}{\\creatim\\yr2024\\mo2\\dy3\\hr4\\min5}{\\revtim\\yr0\\mo0}{\\*\\company C}}Text}';
  expect(read(source).metadata).toEqual({ title: 'Plan', author: 'A. B.', keywords: ['x', 'y'], created: '2024-02-03T04:05:00' });
});

describe('broken files', () => {
  test('that end early give what they have, with a warning', () => {
    const { elements, warnings } = read('{\\rtf1 One\\par{\\b Tw');
    expect(elements.map((element) => 'text' in element && element.text)).toEqual(['One', 'Tw']);
    expect(warnings).toEqual([{ code: 'truncated', message: 'the file ends inside 2 open groups' }]);
  });

  test('that nest too deeply are rejected', () => {
    expect(() => read(`{\\rtf1${'{'.repeat(200_000)}`)).toThrow(expect.objectContaining({ code: 'too-complex' }));
  });

  test('that are no rich text are rejected', () => {
    expect(() => read('words')).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });

  test('of any sequence of tokens are read or rejected by code', () => {
    const token = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '\\par ',
        '\\cell ',
        '\\row ',
        '\\trowd ',
        '\\intbl ',
        "\\'e4",
        "\\'",
        '\\u-3913?',
        '\\u99999999 ',
        '\\*',
        '\\bin2 ',
      ),
      fc.constantFrom(
        '\\fonttbl',
        '\\f9999 ',
        '\\stylesheet',
        '\\footnote ',
        '\\header ',
        '\\listtext ',
        '\\upr',
        '\\ud ',
        '\\info',
        '\\title ',
        '\\v ',
        '\\\n',
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (parts) => {
        try {
          read(`{\\rtf1${parts.join('')}`);
        } catch (error) {
          expect(error).toBeInstanceOf(SluiceError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
