import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDocument } from './make.ts';
import { type AnyVault, VAULTS } from './vaults.ts';

const NAME = 'Wilhelmina Quillfeather';

describe.each(VAULTS)('what tokens stand for, %s', (_, open) => {
  let opened: AnyVault;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const AT = '2026-01-01T00:00:00.000Z';
  const told = async (...tokens: string[]) =>
    (await opened.readerFor('ann', AT).detokenise(tokens, 'ticket 12')).map(({ value, key }) => [value, key]);
  /** Tokens that no other test has. */
  const own = (...names: string[]): string[] => {
    const test = newDocument().slice(0, 12);
    return names.map((name) => `[${name}_${test}]`);
  };

  it('is told with the key that they were made with, and nothing of what was never kept', async () => {
    const [person = '', other = '', unknown = ''] = own('PERSON', 'EMAIL_ADDRESS', 'AGE');
    await opened.vault.keep(
      newDocument(),
      new Map([
        [person, NAME],
        [other, 'zoë@łódź.example'],
      ]),
      'a1b2c3d4e5f6',
    );
    expect(await told(unknown, other, person)).toEqual([
      [null, ''],
      ['zoë@łódź.example', 'a1b2c3d4e5f6'],
      [NAME, 'a1b2c3d4e5f6'],
    ]);
  });

  it('is replaced with its document, and stays while another document has the same person', async () => {
    const [one, two] = [newDocument(), newDocument()];
    const [first = '', second = '', rotated = ''] = own('PERSON', 'AGE', 'EMAIL_ADDRESS');
    await opened.vault.keep(
      one,
      new Map([
        [first, NAME],
        [second, 'Jonas Weber'],
      ]),
      '',
    );
    await opened.vault.keep(two, new Map([[first, NAME]]), '');
    await opened.vault.keep(one, new Map([[second, 'Jonas Weber']]), '');
    expect(await told(first, second)).toEqual([
      [NAME, ''],
      ['Jonas Weber', ''],
    ]);
    await opened.vault.forget(two);
    expect(await told(first, second)).toEqual([
      [null, ''],
      ['Jonas Weber', ''],
    ]);
    // The same person under the next key: the old token goes with what the document had before.
    await opened.vault.keep(one, new Map([[rotated, 'Jonas Weber']]), 'ffeeddccbbaa');
    expect(await told(second, rotated)).toEqual([
      [null, ''],
      ['Jonas Weber', 'ffeeddccbbaa'],
    ]);
    await opened.vault.keep(one, new Map(), '');
    expect(await told(rotated)).toEqual([[null, '']]);
  });

  it('has many of one document', async () => {
    const document = newDocument();
    const tokens = own(...Array.from({ length: 70 }, (_unused, i) => `PERSON_${i}`));
    await opened.vault.keep(document, new Map(tokens.map((token, i) => [token, `Person ${i}`])), '');
    expect((await told(...tokens)).map(([value]) => value)).toEqual(tokens.map((_token, i) => `Person ${i}`));
    await opened.vault.forget(document);
    expect((await told(...tokens)).filter(([value]) => value !== null)).toEqual([]);
  });

  it('notes who looked at what, when and why, also where nothing was found', async () => {
    const [known = '', unknown = ''] = own('PERSON', 'AGE');
    await opened.vault.keep(newDocument(), new Map([[known, NAME]]), '');
    await opened.readerFor('ben', '2026-01-02T00:00:00.000Z').detokenise([known, unknown], 'ticket 13');
    await opened.readerFor('eve', '2026-01-03T00:00:00.000Z').detokenise([known], 'ticket 14');
    const reads = (await opened.readerFor('ann', AT).reads()).filter(({ token }) => token === known || token === unknown);
    expect(reads).toEqual([
      { at: '2026-01-02T00:00:00.000Z', by: 'ben', reason: 'ticket 13', token: known, found: true },
      { at: '2026-01-02T00:00:00.000Z', by: 'ben', reason: 'ticket 13', token: unknown, found: false },
      { at: '2026-01-03T00:00:00.000Z', by: 'eve', reason: 'ticket 14', token: known, found: true },
    ]);
    expect(JSON.stringify(reads)).not.toContain(NAME);
  });
});
