import { expect, it } from 'vitest';
import { findPersonalData } from '#core/purify/find-personal-data.ts';

const addresses = (text: string): string[] =>
  findPersonalData(text)
    .filter(({ type }) => type === 'STREET_ADDRESS')
    .map(({ start, end }) => text.slice(start, end));

it.each([
  ['I live at 7 Fennel Close, Leeds LS2 9JT. My car is red.', '7 Fennel Close, Leeds LS2 9JT'],
  ['She lives at 7 Fennel Close, Leeds. The car is red.', '7 Fennel Close, Leeds'],
  ['Ich wohne in der Lindwurmstraße 12, 80337 München. Der Hund bellt.', 'Lindwurmstraße 12, 80337 München'],
  ['We are at 350 Fifth Avenue, New York, NY 10118. Thank you.', '350 Fifth Avenue, New York, NY 10118'],
  ['We are at 12 Main Street. New York, NY 10001. It rains.', '12 Main Street. New York, NY 10001'],
  ['Rua Augusta 12, 1100-053 Lisboa. Portugal', 'Rua Augusta 12, 1100-053 Lisboa. Portugal'],
  ['Address: 376 Rákóczi út 13. Suite 104 Veszprém VE', '376 Rákóczi út 13. Suite 104 Veszprém VE'],
])('an address ends where the next sentence begins: %s', (text, address) => {
  expect(addresses(text)).toEqual([address]);
});
