import { expect, it } from 'vitest';
import { isoDate } from '#core/formats/iso-date.ts';

it.each([
  ['2024-03-01', '2024-03-01'],
  ['2024/03/01', '2024-03-01'],
  ['2024-03-01T10:00:00+01:00', '2024-03-01T09:00:00.000Z'],
  ['2024-03-01 10:00:00 +0100', '2024-03-01T09:00:00.000Z'],
  ['2024-03-01 10:00', '2024-03-01T10:00:00.000Z'],
  ['12-31-2024', '2024-12-31T00:00:00.000Z'],
  ['1 March 2024', '2024-03-01T00:00:00.000Z'],
  ['Fri, 01 Mar 2024 10:00:00 GMT', '2024-03-01T10:00:00.000Z'],
  ['yesterday', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads %s as %s, wherever it runs', (text, expected) => {
  expect(isoDate(text)).toBe(expected);
});
