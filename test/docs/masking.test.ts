import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { PII_KINDS } from '#schemas/pii-kinds.ts';

it('the page on masking names every kind that is found', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/masking.md'), 'utf8');
  const named = new Set([...page.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, kind]) => kind));
  expect([...PII_KINDS].filter((type) => !named.has(type))).toEqual([]);
});
