import { describe, expect, it } from 'vitest';
import { findPersonalData } from '#core/purify/find-personal-data.ts';
import { processorClock } from '#test/processor-time.ts';

const found = (text: string, hint?: string) => findPersonalData(text, hint).map(({ start, end, type }) => [type, text.slice(start, end)]);

describe('numbers with a check of their own', () => {
  it.each([
    ['CREDIT_CARD', 'Pay with 4111 1111 1111 1111 today.', '4111 1111 1111 1111'],
    ['IBAN_CODE', 'Send it to GB29 NWBK 6016 1331 9268 19 by noon.', 'GB29 NWBK 6016 1331 9268 19'],
    ['US_SSN', 'On file: 219-09-9998.', '219-09-9998'],
    ['UK_NINO', 'Her number is AB 12 34 56 C.', 'AB 12 34 56 C'],
    ['ES_NIF', 'El titular, 12345678Z, firma.', '12345678Z'],
    ['FI_ID', 'Henkilö 131052-308T on asiakas.', '131052-308T'],
    ['SE_ID', 'Personen 811218-9876 är kund.', '811218-9876'],
    ['BR_CPF', 'O cliente 111.444.777-35 assinou.', '111.444.777-35'],
    ['CH_AHV', 'Versichert unter 756.9217.0769.85 seit Mai.', '756.9217.0769.85'],
    ['SG_NRIC', 'Holder S1234567D signed.', 'S1234567D'],
    ['CN_ID', 'Holder 11010519491231002X signed.', '11010519491231002X'],
    ['IT_FISCAL_CODE', 'Codice RSSMRA85T10A562S allegato.', 'RSSMRA85T10A562S'],
    ['FR_ID', 'Assurée 2 55 08 14 168 025 38 depuis mai.', '2 55 08 14 168 025 38'],
    ['CRYPTO', 'Send to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT now.', '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'],
    ['VIN', 'The car 1M8GDM9AXKP042788 was sold.', '1M8GDM9AXKP042788'],
    ['PL_PESEL', 'Klient 44051401359 podpisał.', '44051401359'],
  ])('%s', (type, text, value) => {
    expect(found(text)).toEqual([[type, value]]);
  });

  it.each([
    '4111 1111 1111 1112',
    'GB29 NWBK 6016 1331 9268 18',
    '12345678A',
    '131052-308U',
    '111.444.777-36',
    '756.9217.0769.84',
    'RSSMRA85T10A562T',
    '1BoatSLRHtKNngkdXEeobR76b53LETtpyU',
  ])('leave %s alone, whose check is wrong', (value) => {
    expect(found(`The part ${value} is in stock.`)).toEqual([]);
  });
});

describe('numbers that only words tell', () => {
  it.each([
    ['PASSPORT', 'Her passport is C01X00T47.', 'The part C01X00T47 is in stock.'],
    ['US_BANK_NUMBER', 'Account number: 12345678901', 'The batch 12345678901 is in stock.'],
    ['ABA_ROUTING_NUMBER', 'Routing 021000021 at our bank.', 'Batch 021000021 is in stock.'],
    ['NL_BSN', 'Burgerservicenummer 111222333', 'Batch 111222333 is in stock.'],
    ['DRIVER_LICENSE', "Driver's license D1234567", 'Valve D1234567 is open.'],
    ['DATE_OF_BIRTH', 'Geboren am 12.03.1981 in Kiel.', 'Am 12.03.1981 wurde das Werk eröffnet.'],
    ['PASSPORT', 'Her passport X4RTBPFW4 expires in May.', 'The part X4RTBPFW4 is in stock.'],
    ['CA_SIN', 'My SIN is 046 454 286.', 'Batch 046 454 286 is in stock.'],
    ['SECRET', 'session=d41d8cd98f00b204e9800998ecf8427e', 'md5 d41d8cd98f00b204e9800998ecf8427e of it'],
    ['PASSWORD', 'curl -u petra:geheim12 it', 'the ratio is 12:geheim12 of it'],
    ['USER_NAME', 'Der Benutzername ist mkeller81.', 'The user name is required.'],
    ['AGE', 'Her mother in law is 63 years old.', 'The town law is 63 years old.'],
    ['AGE', 'The 15-year-old left school in May.', 'The 15-year-old school is shut.'],
    ['AGE', 'The teacher at school is 41 years old.', 'The old school is 41 years old.'],
    ['AGE', 'Una mujer de 34 años llegó.', 'Un puente de 34 metros cayó.'],
    ['PHONE_NUMBER', 'Teléfono: 612 345 679', 'Serie 612 345 679 en venta.'],
    ['VIN', 'Chassis no. WDB9066331S123456', 'Part WDB9066331S123456 fits.'],
  ])('%s', (type, inContext, outOfIt) => {
    expect(found(inContext).map(([name]) => name)).toContain(type);
    expect(found(outOfIt)).toEqual([]);
  });

  it('are told by a header that stands over them, too', () => {
    expect(found('612 345 679', 'Teléfono')).toEqual([['PHONE_NUMBER', '612 345 679']]);
    expect(found('612 345 679', 'Units')).toEqual([]);
  });
});

describe('addresses of people and machines', () => {
  it.each([
    ['EMAIL_ADDRESS', 'Write to josé.núñez+x@münchen.example.org, please.', 'josé.núñez+x@münchen.example.org'],
    ['PHONE_NUMBER', 'Ring +49 30 901820 or write.', '+49 30 901820'],
    ['PHONE_NUMBER', 'Ring (415) 555-0132 or write.', '(415) 555-0132'],
    ['PHONE_NUMBER', 'Phone: 001-808-617-6467x12895', '001-808-617-6467x12895'],
    ['IP_ADDRESS', 'It came from 2001:db8::8a2e:370:7334 at noon.', '2001:db8::8a2e:370:7334'],
    ['IP_ADDRESS', 'It came from 10.1.2.3.', '10.1.2.3'],
    ['IP_ADDRESS', 'Restart the server 10.1.2.3 today.', '10.1.2.3'],
    ['CREDIT_CARD', 'Pay with 4111 1111 1111 1111 12/27 today.', '4111 1111 1111 1111'],
    ['CREDIT_CARD', 'Pay with ４１１１ １１１１ １１１１ １１１１ today.', '４１１１ １１１１ １１１１ １１１１'],
    ['CREDIT_CARD', 'Pay with 4111\u00a01111\u00a01111\u00a01111.', '4111\u00a01111\u00a01111\u00a01111'],
    ['PHONE_NUMBER', 'Tel. 030\u2011901820 oder Brief.', '030\u2011901820'],
    ['PHONE_NUMBER', 'هاتف +٤٩ ٣٠ ٩٠١٨٢٠ الآن', '+٤٩ ٣٠ ٩٠١٨٢٠'],
    ['EMAIL_ADDRESS', 'Write to ｍａｒｉａ＠ｋｅｌｌｅｒ.example today.', 'ｍａｒｉａ＠ｋｅｌｌｅｒ.example'],
    ['STREET_ADDRESS', 'Enviar a Calle de Alcalá 45, 3º izda, 28014 Madrid', 'Calle de Alcalá 45, 3º izda, 28014 Madrid'],
    [
      'STREET_ADDRESS',
      'Ship to 1427 Maple Avenue, 5th floor, Springfield, IL 62704',
      '1427 Maple Avenue, 5th floor, Springfield, IL 62704',
    ],
    ['CREDIT_CARD', 'Most often 4111111111111111 30 times.', '4111111111111111'],
    ['DATE_OF_BIRTH', 'Nacido el 3 de marzo de 1981 en Lugo.', '3 de marzo de 1981'],
    ['LICENSE_PLATE', 'The license plate is 7ABC123.', '7ABC123'],
    ['MAC_ADDRESS', 'Card 00:1A:2B:3C:4D:5E answered.', '00:1A:2B:3C:4D:5E'],
    ['URL', 'See https://people.example.org/~jo?id=7.', 'https://people.example.org/~jo?id=7'],
    ['USER_NAME', 'Username: jo_1981', 'jo_1981'],
    ['PASSWORD', 'password: hunter2!', 'hunter2!'],
    ['SECRET', 'Key AKIAIOSFODNN7EXAMPLE is used.', 'AKIAIOSFODNN7EXAMPLE'],
  ])('%s: %s', (type, text, value) => {
    expect(found(text)).toEqual([[type, value]]);
  });

  it.each([
    'Version 1.2.3.4 is out.',
    'At 12:34:56 it began.',
    'std::vector holds it.',
    'In 1998 and 2004, 36 of 48 valves failed.',
    'Order 12/4567 of 3 May 2024.',
    'Part no. 640-492-5532 in aisle 7.',
    'It passes 8-bit characters straight through.',
    'Cells were resuspended to an OD630 of 0.25. 200 ml were taken.',
  ])('none in: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('spelled out and broken', () => {
  it.each([
    'john(dot)doe [at] company dot com',
    'maria at keller dot example',
    'maria.keller (at) keller.example',
    'maria.keller [ät] keller punkt example',
    'ana arroba correo punto es',
    'info[at]verein[dot]de',
    'maria@\nkeller.example',
    'maria@keller.\nexample',
  ])('an address is found: %j', (address) => {
    expect(found(`write to ${address}, please`)).toEqual([['EMAIL_ADDRESS', address]]);
  });

  it.each(['We met at Keller dot com yesterday.', 'He works at example and looks at the dot on the map.'])('no address: %s', (text) => {
    expect(found(text).filter(([type]) => type === 'EMAIL_ADDRESS')).toEqual([]);
  });

  it('who connects and by what is found in an address of a server', () => {
    expect(found('DATABASE_URL=postgres://svc_user:s3cr3tpw@db:5432/app')).toEqual([
      ['USER_NAME', 'svc_user'],
      ['PASSWORD', 's3cr3tpw'],
    ]);
  });
});

describe('postal addresses', () => {
  it.each([
    'Our office is at 1600 Pennsylvania Avenue, Washington, DC 20500.',
    'Sie wohnt in der Lindenstraße 14, 10969 Berlin.',
    'Il habite au 12 rue de la Paix, 75002 Paris.',
    'Vive en Calle Mayor 15, 28013 Madrid.',
    'Write to P.O. Box 1234, Springfield.',
    // Streets that are called like months, and nearly so.
    'She lives at 1789 Marigold Avenue, Springfield, IL 62704.',
    'Send it to 12 Mayfield Road, Leeds.',
    'He moved to 9 May Street, Derby.',
  ])('%s', (text) => {
    const [first] = findPersonalData(text).filter(({ type }) => type === 'STREET_ADDRESS');
    expect(first && first.end - first.start).toBeGreaterThan(10);
  });
});

describe('what looks like an address', () => {
  it.each([
    'Row 1, Col 1',
    'Light List Accent 4',
    'National Mall el 6 de enero de 2021',
    'On January 13, 2026, Mountain Lake Acquisition Corp. entered into it.',
    'Macworld. 1 May 1998. Retrieved 2012-08-19.',
    'Sunday, Feb 1, 2015 11:57 AM UTC',
    'ROWS BETWEEN 60 PRECEDING AND CURRENT',
    'at pressures of 2 lb sq ft and 50 lb sq.ft',
  ])('is none: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(['12 Otter Creek', '555 Broadway Suite 1200, New York, NY 10012', '42 Falcon Ridge West, Springfield, IL 62704'])(
    'is one: %s',
    (text) => {
      expect(found(text)).toEqual([['STREET_ADDRESS', text]]);
    },
  );
});

describe('hostile text', () => {
  it.each([
    ['digits', '1'.repeat(200_000)],
    ['digits and blanks', '1 '.repeat(100_000)],
    ['hyphens', '1-'.repeat(100_000)],
    ['large letters', 'A '.repeat(100_000)],
    ['names without end', `${'Maria-'.repeat(30_000)}`],
    ['colons', 'a:'.repeat(100_000)],
    ['speakers', 'Xyzzyq: a\n'.repeat(20_000)],
    ['at signs', 'a@'.repeat(100_000)],
    ['dots', 'a.'.repeat(100_000)],
    ['brackets', '(at) [dot] '.repeat(20_000)],
    ['dots in words', 'a dot b at '.repeat(20_000)],
    ['Cyrillic letters', 'Иван '.repeat(40_000)],
    ['Chinese letters', '王'.repeat(200_000)],
    ['an address without end', `12 Main Street, ${'Springfield, '.repeat(15_000)}`],
  ])('of %s costs no more than other text', (_, text) => {
    const elapsed = processorClock();
    findPersonalData(text);
    expect(elapsed()).toBeLessThan(8_000);
  });
});

describe('numbers that are written with dashes', () => {
  it.each(['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212'])('are found as with hyphens: %s', (dash) => {
    for (const [type, written] of [
      ['CREDIT_CARD', 'Card 4111-1111-1111-1111 was used'],
      ['US_SSN', 'SSN: 536-90-4399'],
      ['IBAN_CODE', 'to GB29-NWBK-6016-1331-9268-19 now'],
      ['PHONE_NUMBER', 'call +49-171-2345678 today'],
      ['PHONE_NUMBER', 'Tel. 030-901820'],
    ] as const) {
      const [, number = ''] = /([A-Z+]*\d[\dA-Z-]+)/.exec(written) ?? [];
      expect(found(written.replaceAll('-', dash))).toEqual([[type, number.replaceAll('-', dash)]]);
    }
  });

  it('leave the dashes of prose and of years alone', () => {
    expect(found('The war of 1990–1995 — page 5—Rotor — ended.')).toEqual([]);
  });
});

it('credentials are found behind short labels, and what is said is not', () => {
  expect(found('User: hquaddel\npw geheim99')).toEqual([
    ['USER_NAME', 'hquaddel'],
    ['PASSWORD', 'geheim99'],
  ]);
  expect(found('User: hello\nUser: click the button\nThe pw manager was closed.')).toEqual([]);
});
