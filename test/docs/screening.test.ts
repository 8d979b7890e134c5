import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { decide } from '#core/purify/screen-text.ts';
import { screenPassages } from '#core/purify/screening/screen-content.ts';
import { Config } from '#schemas/config.ts';

it('the page on screening shows what its first command prints', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/screening.md'), 'utf8');
  const given = JSON.parse(/printf '%s\\n' '(\{.*\})'/.exec(page)?.[1] ?? '{}');
  const shown = JSON.parse(/```json\n(.*)\n```/.exec(page)?.[1] ?? '{}');
  const { screening } = Config.parse({});
  const told = decide([], screening, screenPassages(given.text, { allow: [] }));
  expect({ id: given.id, ...told }).toEqual(shown);
});
