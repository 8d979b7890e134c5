import { expect, it } from 'vitest';
import { LETTER, unitsOf } from '#core/purify/characters.ts';

it('half of a character tells nothing of those that it begins', () => {
  const adlam = '\u{1e922}';
  expect(unitsOf(`${adlam.charAt(0)} runs`, 0, LETTER)).toBe(0);
  expect(unitsOf(adlam, 0, LETTER)).toBe(2);
});
