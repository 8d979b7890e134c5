import { describe, expect, it } from 'vitest';
import { findInCards } from '#core/purify/fields/vcards.ts';
import { maskText } from '#core/purify/mask-text.ts';
import { maskPolicy } from '#core/purify/policy.ts';
import { Config } from '#schemas/config.ts';

const policy = maskPolicy(Config.parse({}).pii);
const masked = (text: string): string => maskText(text, policy).masked;

describe('a field in a text is looked at with its name', () => {
  it.each([
    ['{"firstName":"Zinhle","surname": "Zzyxwq"}', '{"firstName":"[PERSON]","surname": "[PERSON]"}'],
    ['{"mobilePhone":"5551234567","dateOfBirth":"1985-05-20"}', '{"mobilePhone":"[PHONE_NUMBER]","dateOfBirth":"[DATE_OF_BIRTH]"}'],
    ['{"zip":"10115","age": 36,"pin": 4821}', '{"zip":"[ZIP_CODE]","age": [AGE],"pin": [PASSWORD]}'],
    ['{"customer_tax_id":"12-3456789"}', '{"customer_tax_id":"[US_EIN]"}'],
    ['{"address":"12 Qzyx Lane"}', '{"address":"[STREET_ADDRESS]"}'],
    ['{"password":"sommerregen","user":"hquaddel"}', '{"password":"[PASSWORD]","user":"[USER_NAME]"}'],
    ['{"lastName":"Z\\u00fcxwq"}', '{"lastName":"[PERSON]"}'],
    ['got {\\"first_name\\":\\"Zzyxwq\\",\\"page\\":12}', 'got {\\"first_name\\":\\"[PERSON]\\",\\"page\\":12}'],
    ["{ lastName: 'Zzyxwq', page: 12 }", "{ lastName: '[PERSON]', page: 12 }"],
    ["'surname' => 'Zzyxwq'", "'surname' => '[PERSON]'"],
    ['person:\n  first_name: Zzyxwq # new\n  kind: adult', 'person:\n  first_name: [PERSON] # new\n  kind: adult'],
    ['- lastName: maria\n- nachname: von Zzyxwq', '- lastName: [PERSON]\n- nachname: [PERSON]'],
    ['person surname: Zzyxwq\nperson kind: adult', 'person surname: [PERSON]\nperson kind: adult'],
    ['<p:surname>Zzyxwq</p:surname><kind>Adult</kind>', '<p:surname>[PERSON]</p:surname><kind>Adult</kind>'],
    ['<person id="3" last-name="Zzyxwq" kind="Adult"/>', '<person id="3" last-name="[PERSON]" kind="Adult"/>'],
    ['<given-name>Z&#252;xwq</given-name>', '<given-name>[PERSON]</given-name>'],
    ['<input name="last_name" value="Zzyxwq">', '<input name="last_name" value="[PERSON]">'],
    ["<input type='hidden' value='Zzyxwq' name='surname'/>", "<input type='hidden' value='[PERSON]' name='surname'/>"],
    ['/search?last_name=Zzyx%20Wq&page=12', '/search?last_name=[PERSON]&page=12'],
    ['surname=Zzyxwq&page=12', 'surname=[PERSON]&page=12'],
    ['DB_PASSWORD=sommerregen\nexport CONTACT_LAST_NAME=Zzyxwq', 'DB_PASSWORD=[PASSWORD]\nexport CONTACT_LAST_NAME=[PERSON]'],
    ['Password:\nsommerregen\n', 'Password:\n[PASSWORD]\n'],
    [
      "INSERT INTO persons (id, first_name, phone) VALUES (1,'Zzyxwq','5551234567'), (2, 'O''Zyx', NULL);",
      "INSERT INTO persons (id, first_name, phone) VALUES (1,'[PERSON]','[PHONE_NUMBER]'), (2, '[PERSON]', NULL);",
    ],
    [
      "CREATE TABLE `persons` (\n  `id` int(11) NOT NULL,\n  `last_name` varchar(64),\n  `rate` decimal(5,2),\n  `phone` varchar(20),\n  PRIMARY KEY (`id`)\n);\nINSERT INTO `persons` VALUES (1,'Zzyxwq',1.5,'5551234567'),(2,'Oqzyx',2,NULL);",
      "CREATE TABLE `persons` (\n  `id` int(11) NOT NULL,\n  `last_name` varchar(64),\n  `rate` decimal(5,2),\n  `phone` varchar(20),\n  PRIMARY KEY (`id`)\n);\nINSERT INTO `persons` VALUES (1,'[PERSON]',1.5,'[PHONE_NUMBER]'),(2,'[PERSON]',2,NULL);",
    ],
    ["UPDATE persons SET last_name = 'Zzyxwq' WHERE kind = 'Adult'", "UPDATE persons SET last_name = '[PERSON]' WHERE kind = 'Adult'"],
  ])('%s', (text, expected) => expect(masked(text)).toBe(expected));

  it('in the card of a person', () => {
    const card = (name: string, given: string, full: string, phone: string, born: string, street: string, code: string): string =>
      `BEGIN:VCARD\nVERSION:3.0\nN:${name};${given};;;\nFN:${full}\nTEL;TYPE=cell:${phone}\nBDAY:${born}\nADR;TYPE=home:;;${street};Bonn;;${code};Germany\nORG:Rotor\nEND:VCARD`;
    expect(masked(card('Zzyxwq', 'Blorvik', 'Blorvik Zzyxwq', '5551234567', '19850520', 'Qzyx 12', '53111'))).toBe(
      card('[PERSON]', '[PERSON]', '[PERSON]', '[PHONE_NUMBER]', '[DATE_OF_BIRTH]', '[STREET_ADDRESS]', '[ZIP_CODE]'),
    );
  });

  it('in cards that do not end, once for each', () => {
    expect(findInCards('BEGIN:VCARD\nN:Zzyxwq;Blorvik\n'.repeat(3_000))).toHaveLength(6_000);
  });
});

describe('what stands behind the name of a field and is no value of a person stays', () => {
  it.each([
    'interface Person { firstName: string; lastName: String; }',
    "const labels = { firstName: 'First name', surname: 'Required', password: 'Password' };",
    'surname: person.surname,\nlastName: NonEmptyString\nsurname: VARCHAR\npassword: required\npassword: BinaryLike',
    "{ password: process.env.PASSWORD, login: '/login', user: 'user_id', lastName: 'asc', maxAge: 60 }",
    '{"cap": 1000, "fileName": "Zzyxwq", "nameLabel": "Zzyxwq", "userAgent": "Zzyxwq"}',
    '{"password": "$DB_PASSWORD", "secret": "{{secret}}", "user": "root", "callTimeout": "600000"}',
    '{"address": "0x12ab", "listenAddress": "tcp://localhost:8080", "memory address": "Register 12"}',
    'PrepaidInsurance id: ixv-10225',
    '<label for="firstName">First name</label><input name="surname" type="text"/>',
    '<input name="surname" value="Required"/><input name="colour" value="Zzyxwq"><input name="surname"><b value="Zzyxwq">',
    "CREATE TABLE persons (id int, last_name text); INSERT INTO parts VALUES (1, 'Rotor')",
    "INSERT INTO parts (name_label, code) VALUES ('Rotor', '12')",
    'She said the surname: it is the last. The name of the field (surname) is written small.',
  ])('%s', (text) => expect(masked(text)).toBe(text));
});

it('a long text of brackets, colons and quotes takes no longer than its length', () => {
  for (const part of [
    '"surname":"',
    'surname:\n',
    '<surname ',
    'values (',
    "values ('a',",
    '\\"',
    "INSERT INTO a (b) VALUES ('",
    'create table a (b int); insert into a values (',
    'create table a (',
    '<input name="a" ',
    'insert into a values (',
  ]) {
    const text = part.repeat(100_000 / part.length);
    const begin = performance.now();
    masked(text);
    expect(performance.now() - begin).toBeLessThan(5_000);
  }
});
