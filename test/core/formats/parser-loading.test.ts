import { expect, test, vi } from 'vitest';
import { errorKind } from '#core/errors.ts';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';

vi.mock('#core/formats/markdown.ts', () => {
  throw new Error('a file of the installation is missing');
});

test('a parser that cannot be loaded is no fault of the document', async () => {
  const error = await parseDocument(new TextEncoder().encode('# Title'), 'a.md', DEFAULT_PARSE_LIMITS).catch((thrown: unknown) => thrown);
  expect(errorKind(error)).toBe('bug');
});
