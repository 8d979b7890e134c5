import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PARSE_LIMITS as limits } from '#core/formats/index.ts';
import { parseMarkdown } from '#core/formats/markdown.ts';
import { Extracted } from '#schemas/records/extracted.ts';
import { processorClock } from '#test/processor-time.ts';

const parse = (text: string) => parseMarkdown(new TextEncoder().encode(text), { name: 'page.md', limits });
const elements = (text: string) => parse(text).elements;

describe('parseMarkdown', () => {
  it('keeps headings, list levels and numbers, code languages and table rows', () => {
    const text = '# Guide\n\n- one\n  - two\n\n3. three\n\n```ts\nconst a = 1;\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n';
    expect(elements(text)).toEqual([
      { kind: 'heading', level: 1, text: 'Guide' },
      { kind: 'list-item', level: 1, text: 'one' },
      { kind: 'list-item', level: 2, text: 'two' },
      { kind: 'list-item', level: 1, marker: '3.', text: 'three' },
      { kind: 'code', language: 'ts', text: 'const a = 1;' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
    ]);
  });

  it('strips inline markup to what a reader sees', () => {
    expect(elements('A **bold** [link](http://x.test) to `code`, ~~gone~~ \\*stars\\* &amp; more\nlines.')).toEqual([
      { kind: 'paragraph', text: 'A bold link to code, *stars* & more lines.' },
    ]);
  });

  it('resolves reference links and keeps the alternative text of pictures', () => {
    expect(elements('See [the page][p] ![a chart](c.png).\n\n[p]: http://x.test')).toEqual([
      { kind: 'paragraph', text: 'See the page .' },
      { kind: 'image', text: 'a chart' },
    ]);
  });

  it('joins the paragraphs of one list item and notes tasks', () => {
    expect(elements('- [x] done\n\n  and more\n- [ ] open')).toEqual([
      { kind: 'list-item', level: 1, marker: '[x]', text: 'done\nand more' },
      { kind: 'list-item', level: 1, marker: '[ ]', text: 'open' },
    ]);
  });

  it('reads footnotes of one word and of several paragraphs, without their marks', () => {
    expect(elements('One.[^a] Two [^b]. Three [^c].\n\n[^a]: Word\n[^b]: Long\n*line*\n\n    second\n\nAfter.')).toEqual([
      { kind: 'paragraph', text: 'One. Two. Three [^c].' },
      { kind: 'footnote', text: 'Word' },
      { kind: 'footnote', text: 'Long line\nsecond' },
      { kind: 'paragraph', text: 'After.' },
    ]);
    expect(elements('One.[^a] <u>Two</u>\n\n[^a]: Word')).toEqual([
      { kind: 'paragraph', text: 'One. Two' },
      { kind: 'footnote', text: 'Word' },
    ]);
  });

  it('leaves out what is struck, also beside HTML', () => {
    expect(elements('Keep ~~drop *this*~~ it.\n\n- ~~all~~')).toEqual([{ kind: 'paragraph', text: 'Keep it.' }]);
    expect(elements('Keep ~~drop~~ <u>it</u>.')).toEqual([{ kind: 'paragraph', text: 'Keep it.' }]);
  });

  it('reads footnotes', () => {
    expect(elements('Text[^1].\n\n[^1]: The note itself.')).toContainEqual({ kind: 'footnote', text: 'The note itself.' });
  });

  it('takes metadata from a YAML header and leaves it out of the text', () => {
    const { metadata, elements } = parse(
      '---\ntitle: "The Plan"\nauthor: Ada\ndate: 2024-03-01\nlastmod: 2024-03-02 10:00:00\ntags:\n  - a\n  - b\nlang: en\n---\n\nBody.\n',
    );
    expect(metadata).toEqual({
      title: 'The Plan',
      author: 'Ada',
      created: '2024-03-01',
      modified: '2024-03-02T10:00:00.000Z',
      language: 'en',
      keywords: ['a', 'b'],
    });
    expect(elements).toEqual([{ kind: 'paragraph', text: 'Body.' }]);
  });

  it('takes metadata from a TOML header', () => {
    expect(parse('+++\ntitle = "T"\ntags = ["x", "y"]\n+++\nBody').metadata).toEqual({ title: 'T', keywords: ['x', 'y'] });
  });

  it('reads a thematic break at the top as no header', () => {
    expect(elements('---\n\nBody\n\n---\n\nEnd')).toEqual([
      { kind: 'paragraph', text: 'Body' },
      { kind: 'paragraph', text: 'End' },
    ]);
  });

  it('calls the first top heading the title when nothing else does', () => {
    expect(parse('intro\n\n# Name\n').metadata.title).toBe('Name');
  });

  it('reads embedded HTML as the page it becomes, hidden parts flagged', () => {
    expect(
      elements(
        'Hi\n\n<div style="display:none">\n\n*secret*\n\n</div>\n\n<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>\n',
      ),
    ).toEqual([
      { kind: 'paragraph', text: 'Hi' },
      { kind: 'paragraph', text: 'secret', hidden: 'display-none' },
      {
        kind: 'table',
        headerRows: 1,
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
    ]);
  });

  it('keeps placeholders that only look like tags, also beside real HTML', () => {
    expect(elements('A List<String> for <your-name>.')).toEqual([{ kind: 'paragraph', text: 'A List<String> for <your-name>.' }]);
    expect(elements('A List<String> in H<sub>2</sub>O.')).toEqual([{ kind: 'paragraph', text: 'A List<String> in H2O.' }]);
  });

  it('leaves comments out', () => {
    expect(elements('a <!-- no --> b\n\n<!-- neither -->\n')).toEqual([{ kind: 'paragraph', text: 'a  b' }]);
  });

  it('drops the layout annotations of OCR models', () => {
    expect(
      elements('<|ref|>sub_title<|/ref|><|det|>[[1, 2, 3, 4]]<|/det|>\n## Head\n\n<|ref|>The Seal<|/ref|><|det|>[[1]]<|/det|>'),
    ).toEqual([
      { kind: 'heading', level: 2, text: 'Head' },
      { kind: 'paragraph', text: 'The Seal' },
    ]);
  });

  it('reads Windows line ends and a byte order mark', () => {
    expect(elements('\uFEFF---\r\ntitle: x\r\n---\r\n# A\r\n\r\nb\r\nc\r\n')).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph', text: 'b c' },
    ]);
  });

  it('answers hostile input', () => {
    const inputs = [
      `${'*'.repeat(50_000)}a${'['.repeat(50_000)}`,
      '>'.repeat(50_000),
      '- '.repeat(5_000),
      '<div>\n\n'.repeat(5_000),
      '[a]('.repeat(10_000),
    ];
    const elapsed = processorClock();
    for (const input of inputs) parse(input);
    expect(elapsed()).toBeLessThan(5_000);
  });

  it('gives a valid document for any text', () => {
    const piece = fc.constantFrom(
      '# ',
      '- ',
      '> ',
      '| a |\n| - |\n',
      '```',
      '*',
      '_',
      '[',
      '](',
      '![',
      '<b>',
      '<div>',
      '<!--',
      '\n',
      '\n\n',
      '  ',
      'word',
      '---\n',
      '`',
      '&amp;',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 40 }), (parts) => {
        expect(Extracted.safeParse(parse(`a${parts.join('')}`)).success).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
