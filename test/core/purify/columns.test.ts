import { describe, expect, it } from 'vitest';
import { maskDocument } from '#core/purify/mask-document.ts';
import { maskText } from '#core/purify/mask-text.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { Config } from '#schemas/config.ts';
import type { Element } from '#schemas/records/extracted.ts';

const policy = maskPolicy(Config.parse({}).pii);

function masked(rows: string[][], headerRows = 1): string[][] {
  const elements: Element[] = [{ kind: 'table', rows, headerRows }];
  const [table] = maskDocument({ format: 'csv', metadata: {}, elements, warnings: [] }, policy).masked.elements;
  return table?.kind === 'table' ? table.rows : [];
}

describe('a column under a header of credentials', () => {
  it.each([
    ['password', 'sommerregen', 'PASSWORD'],
    ['Passwort', 'x9', undefined],
    ['Kennwort', 'Blau-7', 'PASSWORD'],
    ['pwd', 'qwertz', 'PASSWORD'],
    ['contraseña', 'hola99', 'PASSWORD'],
    ['mot de passe', 'bonjour', 'PASSWORD'],
    ['PIN', '4821', 'PASSWORD'],
    ['CVV', '123', 'SECRET'],
    ['secret', 'zebra-horse', 'SECRET'],
    ['api_key', 'k-7712-aa', 'SECRET'],
    ['user', 'hquaddel', 'USER_NAME'],
    ['login', 'hquaddel', 'USER_NAME'],
    ['user name', 'hquaddel', 'USER_NAME'],
    ['Username', 'hquaddel', 'USER_NAME'],
    ['password', 'required', undefined],
    ['password policy', 'strict', undefined],
    ['user agent', 'lynx', undefined],
  ])('%s: %s', (header, value, type) => {
    const expected = type === undefined ? value : `[${type}]`;
    expect(
      masked([
        ['town', header, 'colour'],
        ['Bonn', value, 'red'],
      ])[1],
    ).toEqual(['Bonn', expected, 'red']);
  });

  it('is known in a table of two columns, whose first cell may be a label', () => {
    expect(
      masked([
        ['user', 'password'],
        ['hquaddel', 'sommerregen'],
      ]),
    ).toEqual([
      ['user', 'password'],
      ['[USER_NAME]', '[PASSWORD]'],
    ]);
    expect(
      masked(
        [
          ['Password', 'sommer7'],
          ['Colour', 'red'],
        ],
        0,
      ),
    ).toEqual([
      ['Password', '[PASSWORD]'],
      ['Colour', 'red'],
    ]);
  });
});

it.each([
  ['surname', 'forename'],
  ['lname', 'fname'],
  ['last', 'first'],
  ['apellido', 'nombre'],
  ['nom', 'prénom'],
])('columns of both halves of names hold names, known or not: %s, %s', (family, given) => {
  expect(
    masked([
      [family, given, 'part'],
      ['Zzyxwq', 'Blorvik', 'rotor'],
    ])[1],
  ).toEqual(['[PERSON]', '[PERSON]', 'rotor']);
});

it.each(['dob', 'date of birth', 'Geburtsdatum'])('figures alone under %s are a date of birth', (header) => {
  expect(
    masked([
      ['part', header, 'count'],
      ['rotor', '19850520', '20050520'],
    ])[1],
  ).toEqual(['rotor', '[DATE_OF_BIRTH]', '20050520']);
});

it.each(['customer name', 'first name', 'Contact name', 'employee name'])('a header beside %s is no name', (header) => {
  for (const other of ['town', 'Order number', 'password', 'Phone']) {
    const [head, row] = masked([
      [header, other],
      ['Zzyxwq', '-'],
    ]);
    expect([head, row?.[0]]).toEqual([[header, other], '[PERSON]']);
  }
  expect(
    masked([
      [header, 'Maria'],
      ['Colour', 'red'],
    ])[0],
  ).toEqual([header, '[PERSON]']);
});

it.each(['Price', 'Mark', 'Count'])('a header %s over figures is no name, whatever stands beside it', (header) => {
  for (const other of ['Item', 'name', 'customer name']) {
    const rows = [
      [other, header],
      ['Rotor', '12'],
      ['Valve', '3'],
    ];
    expect(masked(rows)[0]).toEqual([other, header]);
  }
  expect(
    masked([
      ['Product', 'Price', header],
      ['Rotor', '12', '3'],
    ])[0],
  ).toEqual(['Product', 'Price', header]);
  expect(
    masked([
      ['name', 'Grant'],
      ['age', '36'],
    ]),
  ).toEqual([
    ['name', '[PERSON]'],
    ['age', '[AGE]'],
  ]);
  expect(
    masked([
      ['name', 'Rose'],
      ['Colour', 'red'],
    ])[0],
  ).toEqual(['name', '[PERSON]']);
});

it('cells under headers of things are nobody, together with their neighbours either', () => {
  const rows = [
    ['brand', 'city'],
    ['Paul', 'Paris'],
    ['Marshall', 'London'],
  ];
  expect(masked(rows)).toEqual(rows);
});

it.each(['Patient', 'Employee', 'Person', 'Ansprechpartner'])('a whole name under %s is one that no table need know', (header) => {
  const rows = [
    ['nr', header, 'part'],
    ['A1', 'Zzyxwq Blorvik', 'Zzyxwq Blorvik'],
    ['A2', 'Night Shift', 'rotor'],
  ];
  expect(masked(rows)).toEqual([rows[0], ['A1', '[PERSON]', expect.any(String)], rows[2]]);
});

it('a column of few names has a rare one among them', () => {
  const column = (header: string, ...cells: string[]): (string | undefined)[] =>
    masked([['nr', header], ...cells.map((cell, i) => [`A${i}`, cell])])
      .slice(1)
      .map(([, cell]) => cell);
  expect(column('Kunde', 'Maria Keller', 'Jonas Weber', 'Zzyxwq Blorvik')).toEqual(['[PERSON]', '[PERSON]', '[PERSON]']);
  expect(column('Kunde', 'Maria Keller', 'Zzyxwq Blorvik')).toEqual(['[PERSON]', 'Zzyxwq Blorvik']);
  expect(column('Kunde', 'Maria Keller', 'Jonas Weber', 'Blorvik GmbH')[2]).toBe('Blorvik GmbH');
  expect(column('Kunde', 'Maria Keller', 'Jonas Weber', 'Zzyxwq')[2]).toBe('Zzyxwq');
  expect(column('product', 'Maria Keller', 'Zzyxwq Blorvik')[1]).toBe('Zzyxwq Blorvik');
});

it.each([
  ['dateOfBirth', '1985-05-20', 'DATE_OF_BIRTH'],
  ['mobilePhone', '5551234567', 'PHONE_NUMBER'],
  ['customer_lastName', 'Zzyxwq', 'PERSON'],
  ['apiKey', 'zebra-horse', 'SECRET'],
  ['postalCode', '10115', 'ZIP_CODE'],
])('a header as programs write it is read as its words: %s', (header, value, type) => {
  expect(
    masked([
      ['part', header, 'colour'],
      ['rotor', value, 'red'],
    ])[1],
  ).toEqual(['rotor', `[${type}]`, 'red']);
});

it('generalises what has an odd shape no further than it is read', () => {
  const general = maskPolicy(Config.parse({ pii: { default: 'generalise' } }).pii);
  const read = (text: string): string => maskText(text, general).masked;
  expect(read('Write to maria at keller dot example now.')).toBe('Write to [EMAIL_ADDRESS] now.');
  expect(read('Write to maria@keller.example now.')).toBe('Write to [EMAIL_ADDRESS @keller.example] now.');
  expect(read('from fe80::1ff:fe23:4567:890a it came')).toBe('from [IP_ADDRESS fe80::/48] it came');
  expect(read('from 2001:db8:85a3:8d3:1319:8a2e:370:7348 it came')).toBe('from [IP_ADDRESS 2001:db8:85a3::/48] it came');
});
