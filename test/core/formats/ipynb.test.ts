import { expect, test } from 'vitest';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseIpynb } from '#core/formats/ipynb.ts';

const parse = (notebook: unknown) => parseIpynb(Buffer.from(JSON.stringify(notebook)), { name: 'a.ipynb', limits: DEFAULT_PARSE_LIMITS });
const code = (outputs: unknown[]) => ({
  cells: [{ cell_type: 'code', source: ['x = 1\n', 'x'], outputs }],
  metadata: { kernelspec: { language: 'R' } },
});

test('texts, code and what it printed come in order', () => {
  const { elements, metadata } = parse({
    cells: [
      { cell_type: 'markdown', source: ['# Title\n', '- a'] },
      { cell_type: 'code', source: 'print(1)', outputs: [{ output_type: 'stream', text: ['1\n'] }] },
      { cell_type: 'raw', source: 'as it is' },
    ],
    metadata: { language_info: { name: 'Python' } },
  });
  expect(elements).toEqual([
    { kind: 'heading', level: 1, text: 'Title' },
    { kind: 'list-item', level: 1, text: 'a' },
    { kind: 'code', language: 'python', text: 'print(1)' },
    { kind: 'code', text: '1' },
    { kind: 'paragraph', text: 'as it is' },
  ]);
  expect(metadata).toEqual({ title: 'Title' });
});

test('of the forms of a result the richest that is text counts', () => {
  const html = '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>';
  const { elements } = parse(code([{ output_type: 'execute_result', data: { 'text/html': html, 'text/plain': 'a\n1' } }]));
  expect(elements.slice(1)).toEqual([
    {
      kind: 'table',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
      headerRows: 1,
    },
  ]);
});

test('an error is its last line, a picture is left out', () => {
  const picture = { output_type: 'display_data', data: { 'image/png': 'AAAA', 'text/plain': '<Figure size 1x1 with 0 Axes>' } };
  const { elements } = parse(code([picture, { output_type: 'error', ename: 'KeyError', evalue: "'a'", traceback: ['long'] }]));
  expect(elements.slice(1)).toEqual([{ kind: 'code', text: "KeyError: 'a'" }]);
});

test('long printed results keep their start, and say so', () => {
  const { elements, warnings } = parse(code([{ output_type: 'stream', text: 'line\n'.repeat(1_000) }]));
  expect(elements[1]).toMatchObject({ text: 'line\n'.repeat(200).trimEnd() });
  expect(warnings).toMatchObject([{ code: 'output-cut' }]);
});

test('notebooks of version 3 are read', () => {
  const { elements } = parse({
    worksheets: [
      {
        cells: [
          { cell_type: 'heading', level: 2, source: 'Part' },
          { cell_type: 'code', input: 'a', outputs: [{ output_type: 'pyout', text: 'b' }] },
        ],
      },
    ],
  });
  expect(elements).toEqual([
    { kind: 'heading', level: 2, text: 'Part' },
    { kind: 'code', text: 'a' },
    { kind: 'code', text: 'b' },
  ]);
});

test('JSON that is no notebook is corrupt', () => {
  expect(() => parse({ a: 1 })).toThrow(expect.objectContaining({ code: 'corrupt' }));
});
