import { describe, expect, it } from 'vitest';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import { maskDocument } from '#core/purify/mask-document.ts';
import { maskText } from '#core/purify/mask-text.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { withSummaries } from '#core/tables/summary.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { smallWorld } from '#test/core/small-world.ts';

const pii = (settings: UserConfig['pii']) => Config.parse({ pii: settings }).pii;
const masked = (text: string, settings: UserConfig['pii'], secret = 'a') =>
  maskText(text, maskPolicy(pii(settings), undefined, memoryKeys(secret))).masked;
const LETTER = 'Maria Keller (maria@keller.example), 36 years old, wrote from 10.1.2.3.';

const paragraph = (text: string): Element => ({ kind: 'paragraph', text });
const document = (elements: Element[], metadata: Extracted['metadata'] = {}): Extracted => ({
  format: 'txt',
  metadata,
  elements,
  warnings: [],
});
const texts = (elements: Element[], settings: UserConfig['pii'] = {}) =>
  maskDocument(document(elements), maskPolicy(pii(settings))).masked.elements.map((element) =>
    element.kind === 'table' ? element.rows : element.text,
  );

describe('a strategy', () => {
  it.each<[UserConfig['pii'], string]>([
    [{}, '[PERSON] ([EMAIL_ADDRESS]), [AGE] years old, wrote from [IP_ADDRESS].'],
    [{ default: 'keep' }, LETTER],
    [{ default: 'partial' }, '***** **ller (*****@******.***mple), ** years old, wrote from **.*.*.3.'],
    [{ default: 'generalise' }, '[PERSON] ([EMAIL_ADDRESS @keller.example]), [AGE 30-39] years old, wrote from [IP_ADDRESS 10.1.2.0/24].'],
    [{ default: 'keep', types: { PERSON: 'redact' } }, '[PERSON] (maria@keller.example), 36 years old, wrote from 10.1.2.3.'],
    [{ types: { AGE: 'generalise', IP_ADDRESS: 'keep' } }, '[PERSON] ([EMAIL_ADDRESS]), [AGE 30-39] years old, wrote from 10.1.2.3.'],
  ])('is chosen by kind: %j', (settings, expected) => {
    expect(masked(LETTER, settings)).toBe(expected);
  });

  it.each([
    ['PHONE_NUMBER', ['+49 30 901820', '+49 (0)30 901820', '0049 30 901820', '+4930901820'], '+49 30 901821'],
    ['IBAN_CODE', ['DE89 3704 0044 0532 0130 00', 'de89370400440532013000', 'DE89.3704.0044.0532.0130.00'], 'DE88370400440532013000'],
    ['ES_NIF', ['12345678-Z', '12.345.678 Z', '12345678Z'], '12345679S'],
    ['PERSON', ['Maria Keller', 'Keller, Maria', 'KELLER, Maria'], 'Maria, Keller'],
    ['STREET_ADDRESS', ['12 Main Street', '12  MAIN STREET'], '1 2Main Street'],
  ])('gives one token to a %s in each of its writings', (type, writings, other) => {
    const { token } = maskPolicy(pii({ default: 'token' }), undefined, memoryKeys('a'));
    expect(new Set(writings.map((value) => token?.(type, value))).size).toBe(1);
    expect(token?.(type, other)).not.toBe(token?.(type, writings[0] ?? ''));
  });

  it.each([
    ['Card 4111\u200b1111\u200b11111111.', 'Card [CREDIT_CARD].'],
    ['Write to jose\u0301.garci\u0301a@example.com now', 'Write to [EMAIL_ADDRESS] now'],
    ['Call An\u00adna Kel\u200dler.', 'Call [PERSON].'],
    ['Nothing\u200b here', 'Nothing\u200b here'],
  ])('sees %j as a reader does, and leaves the rest as it is', (text, wanted) => {
    expect(masked(text, {})).toBe(wanted);
  });

  it('may give a token: the same for the same person, another under another key, and never the name', () => {
    const token = masked('Maria Keller called.', { default: 'token' });
    expect(token).toMatch(/^\[PERSON_[0-9a-f]{12}\] called\.$/);
    expect(masked('MARIA  KELLER called.', { default: 'token' }, 'a').slice(0, 21)).toBe(token.slice(0, 21));
    expect(masked('Maria Kellner called.', { default: 'token' })).not.toBe(token);
    expect(masked('Maria Keller called.', { default: 'token' }, 'b')).not.toBe(token);
  });

  it.each([
    ['LICENSE_PLATE', 'B-AB 123', 'BA-B 123'],
    ['IP_ADDRESS', '2001:db8::1:12', '2001:db8::11:2'],
    ['IP_ADDRESS', '10.1.12.3', '10.11.2.3'],
    ['DATE_OF_BIRTH', '1.12.1980', '11.2.1980'],
  ])('gives another token to a %s whose figures are parted otherwise', (type, one, other) => {
    const { token } = maskPolicy(pii({ default: 'token' }), undefined, memoryKeys('a'));
    expect(token?.(type, one)).not.toBe(token?.(type, other));
  });

  it('redacts what would be a token where there is no key', () => {
    expect(maskText('Maria Keller called.', maskPolicy(pii({ default: 'token' }))).masked).toBe('[PERSON] called.');
  });
});

describe("the organisation's own lists", () => {
  it('keep what is allowed', () => {
    expect(masked('Write to info@acme.example or maria@keller.example.', { allow: ['*@acme.example'] })).toBe(
      'Write to info@acme.example or [EMAIL_ADDRESS].',
    );
  });

  it('keep an allowed name whole, wherever it stands', () => {
    expect(masked('Maria Keller pays. Otto Maier told Maria Keller.', { allow: ['maria keller'] })).toBe(
      'Maria Keller pays. [PERSON] told Maria Keller.',
    );
  });

  it('mask what is blocked, in any case', () => {
    expect(masked('PROJECT HERON begins; herons fly.', { block: ['Project Heron', 'heron'] })).toBe('[BLOCKED] begins; herons fly.');
    expect(masked('Project Heron, a@b.example', { block: ['Project Heron'], default: 'keep' })).toBe('[BLOCKED], a@b.example');
  });

  it('add kinds by pattern, by list and by the words around', () => {
    const kinds = [
      { type: 'STAFF_NUMBER', pattern: 'PN-\\d{4}' },
      { type: 'PLANT', list: ['Plant Seven'] },
      { type: 'LOCKER', pattern: '\\b\\d{2}\\b', context: ['locker'] },
    ];
    expect(masked('PN-1234 works in plant seven, locker 17.', { kinds })).toBe('[STAFF_NUMBER] works in [PLANT], locker [LOCKER].');
  });

  it('need a word of their context also where all of them are in a script that does not part words', () => {
    const kinds = [{ type: 'LOCKER', pattern: '\\b\\d{2}\\b', context: ['柜子', 'ロッカー'] }];
    expect(masked('柜子 17', { kinds })).toBe('柜子 [LOCKER]');
    expect(masked('房间 17', { kinds })).toBe('房间 17');
  });

  it('refuse a pattern that is none, or matches everything', () => {
    expect(() => pii({ kinds: [{ type: 'A', pattern: '(' }] })).toThrow();
    expect(() => pii({ kinds: [{ type: 'A', pattern: 'x*' }] })).toThrow();
    expect(() => pii({ kinds: [{ type: 'A' }] })).toThrow();
  });
});

describe('over the parts of a document', () => {
  it('finds a name and a card that two lines share', () => {
    expect(texts([paragraph('The report was written by Maria'), paragraph('Keller in spring')])).toEqual([
      'The report was written by [PERSON]',
      '[PERSON] in spring',
    ]);
    expect(texts([paragraph('Pay with 4111 1111'), paragraph('1111 1111 today')])).toEqual([
      'Pay with [CREDIT_CARD]',
      '[CREDIT_CARD] today',
    ]);
  });

  it('finds a number that two lines of a text share, or two turns of a call with their speakers between', () => {
    expect(texts([paragraph('Pay with 4111 1111\n1111 1111 today.\nRoom 12\n14 chairs')])).toEqual([
      'Pay with [CREDIT_CARD] today.\nRoom 12\n14 chairs',
    ]);
    expect(texts([paragraph('Paid from DE89 3704 0044\n0532 0130 00 in May.')])).toEqual(['Paid from [IBAN_CODE] in May.']);
    const turn = (text: string): Element => ({ kind: 'segment', speaker: 'Agent', text });
    expect(texts([turn('It is 4111 1111'), turn('1111 1111 I think.')])).toEqual(['It is [CREDIT_CARD]', '[CREDIT_CARD] I think.']);
  });

  it('a summary says of a masked column what its masked cells say, and of others what it said', () => {
    const rows = [
      ['Surname', 'Card', 'Born', 'Colour'],
      ...Array.from({ length: 12 }, () => ['Zzyxwq', '4111111111111111', '1981-03-03', 'red']),
    ];
    const { elements } = withSummaries(document([{ kind: 'table', rows, headerRows: 1 }]));
    const [, summary] = texts(elements);
    expect(summary).toContain('most often [PERSON] 12');
    expect(summary).toContain('most often red 12');
    expect(summary).not.toMatch(/Zzyxwq|4111|1981/);
  });

  it('knows a person again whom another part names in full', () => {
    expect(texts([paragraph('Written by Emmie Xylström.'), paragraph('Later Xylström left.')])).toEqual([
      'Written by [PERSON].',
      'Later [PERSON] left.',
    ]);
  });

  it('finds a column of names by its header, and leaves one of products alone', () => {
    const rows = [
      ['Surname', 'Product name', 'Age', 'Phone'],
      ['Zzyxwq', 'Rotor Pump', '36', '612 345 679'],
    ];
    expect(texts([{ kind: 'table', rows, headerRows: 1 }])).toEqual([[rows[0], ['[PERSON]', 'Rotor Pump', '[AGE]', '[PHONE_NUMBER]']]]);
  });

  it('finds a column of names by its content, a rare name with the others, and leaves one of companies alone', () => {
    const column = (header: string, cells: string[]): Element => ({
      kind: 'table',
      headerRows: 1,
      rows: [header, ...cells].map((cell) => [cell]),
    });
    const people = ['Maria Keller', 'Jan Novák', 'Anna Schmidt', 'Xq Blorvik'];
    expect(texts([column('Kunde', people)])).toEqual([[['Kunde'], ...people.map(() => ['[PERSON]'])]]);
    const companies = ['Vortex Pumps', 'Rotor Hydraulics', 'Blue Water Systems', 'Maria Keller'];
    expect(texts([column('Kunde', companies)])).toEqual([
      [['Kunde'], ['Vortex Pumps'], ['Rotor Hydraulics'], ['Blue Water Systems'], ['[PERSON]']],
    ]);
  });

  it('takes for a name over two cells only what both are, and a date beside a number for no telephone', () => {
    const rows = [
      ['Datum', 'Nummer', 'Ergebnis', 'Prüfer', 'Teil'],
      ['02.02.2026', '65-7840', 'nicht bestanden, Nacharbeit', 'M. Öztekin', 'Rotor'],
    ];
    const [date, number, result, , part] = rows[1] ?? [];
    expect(texts([{ kind: 'table', rows, headerRows: 1 }])).toEqual([[rows[0], [date, number, result, '[PERSON]', part]]]);
    const people: Element = { kind: 'table', rows: [['Keller', 'Maria', 'Rotor']], headerRows: 0 };
    expect(texts([people])).toEqual([[['[PERSON]', '[PERSON]', 'Rotor']]]);
  });

  it('takes two figures side by side for no card', () => {
    const rows = [['IBAN', 'Day'], ...Array.from({ length: 40 }, (_, i) => [String(536_900_000 + i * 37), `1970-03-${10 + (i % 9)}`])];
    expect(texts([{ kind: 'table', rows, headerRows: 1 }])).toEqual([rows]);
    expect(texts([paragraph(rows.map((row) => row.join(' ')).join('\n'))])[0]).not.toContain('CARD');
  });

  it('finds a value by the label before it', () => {
    expect(
      texts([
        {
          kind: 'table',
          rows: [
            ['Passport number', 'C01X00T47'],
            ['Pump', 'C01X00T48'],
          ],
          headerRows: 0,
        },
      ]),
    ).toEqual([
      [
        ['Passport number', '[PASSPORT]'],
        ['Pump', 'C01X00T48'],
      ],
    ]);
  });

  it('masks speakers, sheets, pictures, notes, titles and authors', () => {
    const { masked: some, found } = maskDocument(
      document(
        [
          { kind: 'segment', speaker: 'Maria Keller', text: 'Good morning.' },
          { kind: 'paragraph', sheet: 'Maria Keller', text: 'Hours' },
          { kind: 'image', text: 'Portrait of Maria Keller' },
          { kind: 'note', text: 'Ask Maria Keller.' },
        ],
        { title: 'Letter to Maria Keller', author: 'Maria Keller', created: '2024-05-01', keywords: ['pump', 'Maria Keller'] },
      ),
      maskPolicy(pii({})),
    );
    expect(JSON.stringify(some)).not.toMatch(/Maria|Keller/);
    expect(some.metadata.created).toBe('2024-05-01');
    expect(found).toEqual({ PERSON: 7 });
  });
});

it('a source has rules of its own', async () => {
  const textOf = async (own: UserConfig['sources']) => {
    const world = smallWorld({ settings: { ...(own && { sources: own }), pii: { types: { PERSON: 'partial' } } } });
    await world.put('/a.txt', 'Maria Keller has the address maria@keller.example.');
    await world.runUntilIdle();
    return world.manifestOf('/a.txt').entries[0]?.text;
  };
  expect(await textOf(undefined)).toBe('***** **ller has the address [EMAIL_ADDRESS].');
  expect(await textOf([{ name: 'files', path: '/', pii: { default: 'generalise', types: { PERSON: 'keep' } } }])).toBe(
    'Maria Keller has the address [EMAIL_ADDRESS @keller.example].',
  );
});
