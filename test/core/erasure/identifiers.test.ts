import { describe, expect, it } from 'vitest';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import { identifiersIn, isTelling, mentions, subjectKeys, subjectName } from '#core/erasure/identifiers.ts';
import { headMentions, nameMentions } from '#core/erasure/mentions.ts';

const keys = memoryKeys('a secret');
const marked = (text: string, value: string, type: string) => {
  const start = text.indexOf(value);
  return identifiersIn(keys, [text], [[{ start, end: start + value.length, type, score: 1 }]]);
};
const finds = (subject: string, text: string, value: string, type: string): boolean =>
  marked(text, value, type).some((key) => subjectKeys(keys, subject).includes(key));

describe('a subject is found by what was found in a document', () => {
  it.each([
    ['ana.lopez@example.com', 'Ana.Lopez@Example.COM', 'EMAIL_ADDRESS'],
    ['+49 30 1234 5678', '(030) 12345678', 'PHONE_NUMBER'],
    ['Ana López', 'LÓPEZ, Ana', 'PERSON'],
    ['Jose Garcia', 'JOSÉ GARCÍA', 'PERSON'],
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'IBAN_CODE'],
    ['4111-1111-1111-1111', '4111 1111 1111 1111', 'CREDIT_CARD'],
    ['078-05-1120', '078051120', 'US_SSN'],
    ['Joerg Mueller', 'Jörg Müller', 'PERSON'],
    ['Jörg Müller', 'MUELLER, Joerg', 'PERSON'],
    ['Lukasz Zak', 'Łukasz Żak', 'PERSON'],
    ['Søren Ørsted', 'Soren Orsted', 'PERSON'],
    ['030 901820', '+49 30 901820', 'PHONE_NUMBER'],
    ['+47 22 12 34 56', '22123456', 'PHONE_NUMBER'],
  ])('%s as %s', (subject, value, type) => {
    expect(finds(subject, `Write to ${value}.`, value, type)).toBe(true);
  });

  it('and not by what is somebody else’s', () => {
    expect(finds('ana.lopez@example.com', 'bo.lopez@example.com', 'bo.lopez@example.com', 'EMAIL_ADDRESS')).toBe(false);
    expect(finds('+49 30 1234 5678', '+49 30 1234 5679', '+49 30 1234 5679', 'PHONE_NUMBER')).toBe(false);
    expect(finds('Ana López', 'Ana Lima', 'Ana Lima', 'PERSON')).toBe(false);
    expect(finds('Ana Baur', 'Ana Bauer', 'Ana Bauer', 'PERSON')).toBe(false);
    expect(finds('030 901820', '040 901820', '040 901820', 'PHONE_NUMBER')).toBe(false);
  });

  it.each([
    ['a comma between its parts', ['MOORCROFT, Agnes was there.'], true],
    ['a cell for each part', ['Moorcroft', 'Agnes'], true],
    ['two people in a list', ['Moorcroft and Agnes were there.'], false],
  ])('a name with %s', (_, texts, expected) => {
    const spans = texts.map((text) =>
      ['moorcroft', 'agnes'].flatMap((part) => {
        const start = text.toLowerCase().indexOf(part);
        return start < 0 ? [] : [{ start, end: start + part.length, type: 'PERSON', score: 1 }];
      }),
    );
    const found = identifiersIn(keys, texts, spans);
    expect(subjectKeys(keys, 'Agnes Moorcroft').some((key) => found.includes(key))).toBe(expected);
    expect(subjectKeys(keys, 'Moorcroft').some((key) => found.includes(key))).toBe(true);
  });

  it('never by what many people share', () => {
    expect(marked('born 1 May 1980', '1 May 1980', 'DATE_OF_BIRTH')).toEqual([]);
    expect(marked('a.b', 'a.b', 'PERSON')).toEqual([]);
  });

  it('under another key there is nothing in common', () => {
    const other = subjectKeys(memoryKeys('another'), 'ana.lopez@example.com');
    expect(marked('ana.lopez@example.com', 'ana.lopez@example.com', 'EMAIL_ADDRESS').some((key) => other.includes(key))).toBe(false);
  });
});

describe('a text mentions a subject', () => {
  it('when it has its words beside each other, with or without accents', () => {
    expect(mentions('report-by-Ana_Lopez.pdf', 'Ana Lopez')).toBe(true);
    expect(mentions('report by ana-lopez (2).pdf', 'Ana Lopez')).toBe(true);
    expect(mentions('LÓPEZ, Ana: present', 'Ana Lopez')).toBe(true);
    expect(mentions('Ana met Lopez', 'Ana Lopez')).toBe(false);
    expect(mentions('Ana Ana met', 'Ana Lopez')).toBe(false);
    expect(mentions('banana lopezia', 'Ana Lopez')).toBe(false);
    expect(mentions('Mueller_Joerg.pdf', 'Jörg Müller')).toBe(true);
    expect(mentions('a letter of Jörg Müller', 'Joerg Mueller')).toBe(true);
    expect(mentions('Łukasz Żak was here', 'lukasz zak')).toBe(true);
    expect(mentions('Ana Bauer was here', 'Ana Baur')).toBe(false);
  });

  it('and a number however it is parted, but not within another one', () => {
    expect(mentions('card 4111 1111 1111 1111.', '4111111111111111')).toBe(true);
    expect(mentions('DE89370400440532013000', 'DE89 3704 0044 0532 0130 00')).toBe(true);
    expect(mentions('94111 1111 1111 1111', '4111111111111111')).toBe(false);
  });

  it('and a single word of four letters is somebody, a shorter one nobody', () => {
    expect(mentions('Ana was here', 'Ana')).toBe(false);
    expect(mentions('Project Kalmar is late, says Macron.', 'Macron')).toBe(true);
    expect(mentions('Otto was here', 'otto')).toBe(true);
    expect(mentions('Quillfeather was here', 'quillfeather')).toBe(true);
    expect(mentions('', '')).toBe(false);
  });
});

it('two characters are a name in scripts where each is a syllable', () => {
  expect(['王建国', '王芳', '김민수'].filter(isTelling)).toHaveLength(3);
  expect(['王', 'ab', '김'].filter(isTelling)).toEqual([]);
  expect(mentions('昨天王芳来了。', '王芳')).toBe(true);
  expect(mentions('昨天王建国来了。', '王芳')).toBe(false);
  expect(finds('王芳', '昨天王芳来了。', '王芳', 'PERSON')).toBe(true);
});

it('a held document is found by what a reviewer is shown of it', () => {
  const held = {
    observation: null,
    metadata: { tags: [] },
    hold: { stage: 'screen', quality: 1, rules: [], preview: 'Tsukiyama Rin keeps the lid.' },
  };
  expect(headMentions(held, 'Rin Tsukiyama')).toBe(true);
  expect(headMentions(held, 'Agnes Moorcroft')).toBe(false);
});

it('a subject has one name in certificates, which does not tell who it is', () => {
  expect(subjectName(keys, 'Ana  Lopez')).toBe(subjectName(keys, 'lopez, ana'));
  expect(subjectName(keys, 'Ana Lopez')).toMatch(/^[0-9a-f]{32}$/);
});

it.each([
  ['in/AnnaKeller-report.txt', 'Anna Keller', true],
  ['kellerANNA_2024.pdf', 'keller, anna', true],
  ['RonaldMcDonald.pdf', 'Ronald McDonald', true],
  ['AnnaKellermann.txt', 'Anna Keller', false],
  ['JohannaKeller.txt', 'Anna Keller', false],
  ['AnnaKeller.txt', 'Anna Keller 4711', false],
])('the words in the name %s are divided as masking divides them: %s', (nativeId, subject, expected) => {
  expect(nameMentions({ nativeId }, subject)).toBe(expected);
});

it('a mask is everybody’s, and a token is somebody’s', () => {
  expect(['[EMAIL_ADDRESS]', ' [PERSON]', '[STAFF_2]'].filter(isTelling)).toEqual([]);
  expect(mentions('Write to [EMAIL_ADDRESS].', '[EMAIL_ADDRESS]')).toBe(false);
  expect(isTelling('[PERSON_5f1c0a9e2b74]')).toBe(true);
  expect(mentions('Ask [PERSON_5f1c0a9e2b74].', '[PERSON_5f1c0a9e2b74]')).toBe(true);
  expect(mentions('Ask [PERSON_0a9e2b745f1c].', '[PERSON_5f1c0a9e2b74]')).toBe(false);
});
