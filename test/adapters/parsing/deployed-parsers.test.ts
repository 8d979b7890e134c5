import { expect, it, onTestFinished } from 'vitest';
import { FUNCTION_SECONDS, functionParsers, taskParsers } from '#adapters/parsing/deployed-parsers.ts';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import { SIZING } from '#stacks/sizing.ts';

it.each(['extract-text', 'extract-table'] as const)('%s is given more time than its parser may take, and has room for it', (name) => {
  const { timeoutSeconds, memoryMb } = SIZING[name];
  expect(timeoutSeconds).toBeGreaterThan(FUNCTION_SECONDS + 120);
  expect(memoryMb).toBeGreaterThan(2_000);
});

it('a parser ends at the most that it may take, however large its document', async () => {
  const entry = new URL('../../fixtures/parsers/tricky.ts', import.meta.url);
  const pool = parsePool({ size: 1, memoryMb: 300, timeoutSeconds: 60, mostSeconds: 0.5, entry });
  onTestFinished(pool.close);
  const sleep = pool.parse({ name: 'sleep', size: 900_000_000, withFile: (use) => use('/nowhere') });
  await expect(sleep).rejects.toMatchObject({ code: 'parse-timeout' });
});

it.each([functionParsers, taskParsers])('parsers of a deployment read documents', async (parsersOf) => {
  const bytes = new TextEncoder().encode('a,b\n1,2\n');
  const parsers = parsersOf({ config: { parsing: { memoryMb: 700, timeoutSeconds: 15 } } });
  expect((await parsers.parse({ name: 'a.csv', size: bytes.length, bytes })).elements).toHaveLength(1);
});
