import { expect, test } from 'vitest';
import { chunkIds, embeddedText } from '#core/chunking/index.ts';

const chunk = (text: string, path: string[] = []) => ({ text, path });

test('the embedded text says where the text stands', () => {
  expect(embeddedText(chunk('Call first.', ['Handbook', 'Leave']))).toBe('Handbook > Leave\nCall first.');
  expect(embeddedText(chunk('Call first.'))).toBe('Call first.');
});

test('rows are embedded with the header of their table', () => {
  expect(embeddedText({ ...chunk('Part 7 | 3.00', ['Prices']), tableHeader: 'Item | Price' })).toBe('Prices\nItem | Price\nPart 7 | 3.00');
});

test('headings that the text opens with are not said twice', () => {
  expect(embeddedText(chunk('Leave\n\nCall first.', ['Handbook', 'Leave']))).toBe('Handbook\nLeave\n\nCall first.');
  expect(embeddedText(chunk('Handbook\n\nLeave\n\nCall first.', ['Handbook', 'Leave']))).toBe('Handbook\n\nLeave\n\nCall first.');
});

test('ids are 128 bits, the same for the same content', () => {
  const ids = chunkIds([chunk('a', ['x']), chunk('b')]);
  expect(ids).toEqual(chunkIds([chunk('a', ['x']), chunk('b')]));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

test('ids tell apart equal texts of one document, other paths, other headers', () => {
  const ids = chunkIds([chunk('a'), chunk('a'), chunk('a', ['x']), { ...chunk('a'), tableHeader: 'h' }]);
  expect(new Set(ids).size).toBe(4);
});

test('an occurrence keeps its id when another chunk comes before', () => {
  const [first, second] = chunkIds([chunk('a'), chunk('a')]);
  expect(chunkIds([chunk('new'), chunk('a'), chunk('a')]).slice(1)).toEqual([first, second]);
});
