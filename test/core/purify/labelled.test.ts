import { describe, expect, it } from 'vitest';
import { findPersonalData } from '#core/purify/find-personal-data.ts';

const found = (text: string) => findPersonalData(text).map(({ start, end, type }) => [type, text.slice(start, end)]);

describe('numbers as people write them beside their label', () => {
  it.each([
    ['ES_NIF', 'DNI 12.345.678-Z', '12.345.678-Z'],
    ['ES_NIF', 'DNI: 12.345.678 Z', '12.345.678 Z'],
    ['ES_NIF', 'NIE: X 1234567 L', 'X 1234567 L'],
    ['NL_BSN', 'BSN 111 222 333', '111 222 333'],
    ['IT_FISCAL_CODE', 'codice fiscale RSS MRA 85T10 A562S', 'RSS MRA 85T10 A562S'],
    ['DE_TAX_ID', 'Steuernummer 181/815/08155', '181/815/08155'],
    ['PHONE_NUMBER', '手机 13800138000', '13800138000'],
    ['PHONE_NUMBER', '联系电话:13800138000', '13800138000'],
    ['PHONE_NUMBER', 'τηλέφωνο 6912345678', '6912345678'],
    ['PASSPORT', 'паспорт 45 08 123456', '45 08 123456'],
    ['CREDIT_CARD', 'it is 4012.8888.8888.1881', '4012.8888.8888.1881'],
    ['CREDIT_CARD', 'it is 4929 - 1234 - 5678 - 9015', '4929 - 1234 - 5678 - 9015'],
    ['IBAN_CODE', 'to DE89.3704.0044.0532.0130.00.', 'DE89.3704.0044.0532.0130.00'],
    ['MAC_ADDRESS', 'from 0012.7f57.b9e0.', '0012.7f57.b9e0'],
    ['DATE_OF_BIRTH', 'He wrote: nací el 4 de mayo de 1956', '4 de mayo de 1956'],
    ['DATE_OF_BIRTH', 'Nació el 4 de mayo de 1956 en Sevilla.', '4 de mayo de 1956'],
    ['DATE_OF_BIRTH', 'Sono nato il 4 maggio 1956.', '4 maggio 1956'],
    ['DATE_OF_BIRTH', 'Urodzony 4 maja 1956 w mieście.', '4 maja 1956'],
    ['DATE_OF_BIRTH', 'родился 4 мая 1956', '4 мая 1956'],
  ])('%s: %s', (type, text, value) => expect(found(text)).toEqual([[type, value]]));

  it.each([
    'DNI 12.345.678-A',
    'The lot 12.345.678 Z of the store',
    'codice RSS MRA 85T10 A562T',
    'Zeichnung 181/815/08155',
    '型号 13800138000',
    'κωδικός προϊόντος 6912345678',
    'сезон 45 08 123456',
    'it is 4012.8888.8888.1882',
    'to DE89.3704.0044.0532.0130.01',
    'Il contratto del 4 maggio 1956, umowa z 4 maja 1956, договор от 4 мая 1956.',
  ])('%s stays', (text) => expect(found(text)).toEqual([]));
});

describe('of two labels the nearest before a number tells its kind', () => {
  it.each([
    ['Telefon 0151 23456789, PESEL 44051401359', 'PHONE_NUMBER', 'PL_PESEL'],
    ['Tel. 0151 23456789, Steuer-ID: 86095742719', 'PHONE_NUMBER', 'DE_TAX_ID'],
    ['Steuer-ID: 86095742719, Telefon 0151 23456789', 'DE_TAX_ID', 'PHONE_NUMBER'],
    ['Passport 533380006. Account 55779911.', 'PASSPORT', 'US_BANK_NUMBER'],
    ['Account 55779911, phone 5551234567', 'US_BANK_NUMBER', 'PHONE_NUMBER'],
    ['Phone 030 1234567, BSN 111222333', 'PHONE_NUMBER', 'NL_BSN'],
    ['SSN 219099998 phone 5551234567', 'US_SSN', 'PHONE_NUMBER'],
  ])('%s', (text, first, second) => expect(found(text).map(([type]) => type)).toEqual([first, second]));

  it('one whose check is wrong is what the other label says', () =>
    expect(found('Telefon 0151 23456789, PESEL 44051401358').map(([type]) => type)).toEqual(['PHONE_NUMBER', 'PHONE_NUMBER']));
});
