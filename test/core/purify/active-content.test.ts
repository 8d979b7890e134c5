import { describe, expect, it } from 'vitest';
import { smallWorld } from '#test/core/small-world.ts';

const TEXT =
  'The pump stands beside the river and moves water into the upper basin. It is looked after every spring, and its seals are changed. '.repeat(
    3,
  );

const pdf = (catalog: string): string => {
  const content = `BT /F 12 Tf 72 700 Td (${TEXT}) Tj ET`;
  return `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R${catalog}>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 3000 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
`;
};
const rtf = (more: string): string => `{\\rtf1\\ansi ${more}${TEXT}\\par}`;
const page = (more: string): string => `<!doctype html><html><body><h1>Pump</h1><p>${TEXT}</p>${more}</body></html>`;
const mail = (name: string): string =>
  `From: a@example.org\nSubject: Pump\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n${TEXT}\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="${name}"\n\nMZ\n--b--\n`;

async function screened(path: string, text: string) {
  const world = smallWorld({ settings: { quality: { checks: { repetition: 'off', coherence: 'off' } } } });
  await world.put(path, text);
  await world.runUntilIdle();
  const { state, hold } = world.headOf(path);
  return { state, rules: hold?.rules.map(({ rule }) => rule) ?? [] };
}

describe('active content', () => {
  it.each([
    ['a PDF that starts a program', '/a.pdf', pdf('/OpenAction<</S/Launch/F(cmd.exe)>>'), 'active-launch'],
    ['a template at an address', '/a.rtf', rtf('{\\*\\template https://example.org/a.dotm}'), 'active-template'],
    ['a field that starts a program', '/a.rtf', rtf('{\\field{\\*\\fldinst {DDEAUTO c:\\\\\\\\cmd.exe}}{\\fldrslt x}}'), 'active-exchange'],
    ['a mail with a program', '/a.eml', mail('invoice.pdf.exe'), 'active-program'],
  ])('%s is held', async (_, path, text, rule) => {
    const { state, rules } = await screened(path, text);
    expect(state).toBe('held');
    expect(rules).toContain(rule);
  });

  it.each([
    ['a form with a script', '/a.pdf', pdf('/OpenAction<</S/JavaScript/JS(this.calculateNow\\(\\))>>')],
    ['a page with scripts', '/a.html', page('<script src="a.js"></script><p onclick="go()">More of the pump.</p>')],
    ['a file without any', '/a.rtf', rtf('')],
  ])('%s passes', async (_, path, text) => expect(await screened(path, text)).toEqual({ state: 'indexed', rules: [] }));
});
