import { describe, expect, it } from 'vitest';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import { findInPath, maskPath, peopleIn } from '#core/purify/file-names.ts';
import { maskPolicy, REDACTING } from '#core/purify/policy.ts';

const masked = (path: string, people: readonly string[] = []): string =>
  maskPath(
    path,
    REDACTING,
    peopleIn(
      people,
      people.map(({ length }) => [{ start: 0, end: length, type: 'PERSON', score: 1 }]),
    ),
  );

describe('names of files and folders', () => {
  it.each([
    ['anna_keller-CV.pdf', '[PERSON]-CV.pdf'],
    ['AnnaKeller_CV.pdf', '[PERSON]_CV.pdf'],
    ['Keller, Anna.docx', '[PERSON].docx'],
    ['Lebenslauf_Schmidt_Thomas.pdf', 'Lebenslauf_[PERSON].pdf'],
    ['john-smith-cv.pdf', '[PERSON]-cv.pdf'],
    ['maria garcia lopez.pdf', '[PERSON].pdf'],
    ['Jan_van_der_Berg.pdf', '[PERSON].pdf'],
    ['Sofía-Fernández-nómina.pdf', '[PERSON]-nómina.pdf'],
    ['clients/Peter Schmidt/2026/offer.pdf', 'clients/[PERSON]/2026/offer.pdf'],
    ['x.zip!/Wilhelmina Quillfeather.txt', 'x.zip!/[PERSON].txt'],
    ['Lena Vogel pumps.txt', '[PERSON] pumps.txt'],
    ['a.keller@example.com.eml', '[EMAIL_ADDRESS].eml'],
    ['card_4929 1234 5678 9015.txt', 'card_[CREDIT_CARD].txt'],
    ['iban_DE89370400440532013000.txt', 'iban_[IBAN_CODE].txt'],
    ['call +49 30 901820.mp3', 'call [PHONE_NUMBER].mp3'],
    ['Moorcroft, Agnes (geb. 12.3.1981)/Lohn Moorcroft 536-90-4399.txt', '[PERSON] (geb. [DATE_OF_BIRTH])/Lohn [PERSON] [US_SSN].txt'],
    ['Agnes Moorcroft/pay/moorcroft_2026.pdf', '[PERSON]/pay/[PERSON]_2026.pdf'],
    ['Agnes Moorcroft born 1981-03-12.pdf', '[PERSON] born [DATE_OF_BIRTH].pdf'],
  ])('with personal data: %s', (path, without) => expect(masked(path)).toBe(without));

  it.each(
    'jordan-river-report.pdf;rose.pdf;Rose Garden.pdf;cran-0123.txt;monte-carlo-simulation.ipynb;victoria-park-map.png;santa-maria.md;mark-white-notes.md;john-smith-notes.pdf;2024-01-15_123456789.pdf;IMG_20240115_123456.jpg;release-1.2.3.4.zip;2221625d;index.d.ts;README.md;may-june-report.xlsx;geburtstag-2024-03-12.jpg;report 2024-03-12.pdf;born-to-run-2019-05-01.mp3;Rose Garden/Rose 2.pdf;2024-05-01 birth of a nation.mp4;Newborn_20240501_1.jpg;../x/./y;a//b;'.split(
      ';',
    ),
  )('of things and places stay: %s', (path) => expect(masked(path)).toBe(path));

  it('whom the text names is masked where the name alone would not do, and not what is a place as well', () => {
    expect(masked('wilhelmina_quillfeather.pdf', ['Wilhelmina Quillfeather'])).toBe('[PERSON].pdf');
    expect(masked('quillfeather-contract.pdf', ['Wilhelmina Quillfeather'])).toBe('[PERSON]-contract.pdf');
    expect(masked('john-smith-notes.pdf', ['John Smith'])).toBe('[PERSON]-notes.pdf');
    expect(masked('jordan-river-report.pdf', ['Jordan River'])).toBe('jordan-river-report.pdf');
  });

  it('are masked as the policy says, and found where they stand', () => {
    const config = compileConfig({ pii: { types: { PERSON: 'partial' }, allow: ['peter schmidt'], block: ['Project Heron'] } });
    const policy = maskPolicy(config.pii);
    expect(maskPath('Project Heron/Anna Keller.pdf', policy, [])).toBe('[BLOCKED]/**** ***ler.pdf');
    expect(maskPath('Peter Schmidt.pdf', policy, [])).toBe('Peter Schmidt.pdf');
    expect(maskPath('Anna Keller.pdf', maskPolicy(compileConfig({ pii: { default: 'keep' } }).pii), [])).toBe('Anna Keller.pdf');
    expect(findInPath('in/Anna Keller.pdf', policy, [])).toMatchObject([{ start: 3, end: 14, type: 'PERSON' }]);
  });

  it('have the token that the person has in the text, however the words are divided', () => {
    const policy = maskPolicy(compileConfig({ pii: { default: 'token' } }).pii, undefined, memoryKeys('a'));
    const token = policy.token?.('PERSON', 'Anna Keller');
    expect(token).toMatch(/^\[PERSON_/);
    for (const name of ['AnnaKeller-CV.md', 'Anna Keller-CV.md', 'anna_keller-CV.md'])
      expect(maskPath(name, policy, [['anna', 'keller']])).toBe(`${token}-CV.md`);
    expect(maskPath('RonaldMcDonald.md', policy, [])).toBe(`${policy.token?.('PERSON', 'Ronald McDonald')}.md`);
    expect(maskPath('Ronald_McDonald.md', policy, [['ronald', 'mc', 'donald']])).toBe(`${policy.token?.('PERSON', 'Ronald McDonald')}.md`);
  });
});
