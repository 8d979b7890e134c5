import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { activeContent } from '#core/formats/active/content.ts';
import { parseDocx } from '#core/formats/docx.ts';
import { DEFAULT_PARSE_LIMITS, type Parse } from '#core/formats/index.ts';
import { parseOdt } from '#core/formats/odt.ts';
import { parsePptx } from '#core/formats/pptx.ts';
import { parseBytes, parseSample } from './legacy/samples.ts';
import { p, relations, shape, slideFile, slidePart, wordFile, zipOf } from './office/packages.ts';
import { writtenPdf } from './pdf/make-pdf.ts';

/** What a parser tells of a package, which is sniffed by more than these have. */
async function toldBy(parse: Parse, bytes: Uint8Array): Promise<Record<string, number | undefined>> {
  const { tell, warnings } = activeContent();
  await parse(bytes, { name: 'made', limits: DEFAULT_PARSE_LIMITS, active: tell });
  return Object.fromEntries(warnings().map(({ code, count }) => [code, count]));
}

/** What of a file is active, with the number of places. */
async function active(bytes: Uint8Array | string, name: string): Promise<Record<string, number | undefined>> {
  const { warnings } = await parseBytes(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, name);
  return Object.fromEntries(warnings.filter(({ code }) => code.startsWith('active-')).map(({ code, count }) => [code, count]));
}

const TEXT = 'The pump stands beside the river and moves water.';
const CONTENT = `BT /F 12 Tf 72 700 Td (${TEXT}) Tj ET`;
const pdf = (catalog: string, ...more: string[]): Uint8Array =>
  writtenPdf([
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${CONTENT.length}>>stream\n${CONTENT}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...more,
  ]);

describe('a PDF file', () => {
  it('tells of scripts, programs that it would start and addresses that it would send to', async () => {
    const open = '/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC<</S/Launch/F(cmd.exe)>>/WS<</Type/Action /S /SubmitForm>>>>';
    expect(await active(pdf(open), 'a.pdf')).toEqual({ 'active-script': 1, 'active-launch': 1, 'active-submit': 1 });
  });

  it('finds names that are written to hide, and objects that are packed', async () => {
    expect(await active(pdf('/OpenAction<</S/J#61vaScript/JS(1)>>'), 'a.pdf')).toEqual({ 'active-script': 1 });
    const packed = deflateSync(Buffer.from('9 0 <</S/Launch/F(calc.exe)>>')).toString('latin1');
    const stream = `<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>>stream\n${packed}\nendstream`;
    const [before, after] = Buffer.from(pdf('', 'PACKED')).toString('latin1').split('PACKED');
    expect(await active(Buffer.from(`${before}${stream}${after}`, 'latin1'), 'a.pdf')).toEqual({ 'active-launch': 1 });
  });

  it('says nothing of one that only goes to a page or an address', async () => {
    const link = '/OpenAction[3 0 R/Fit]/Outlines<</A<</S/URI/URI(https://example.org/JavaScript)>>/B<</S/GoTo/D[3 0 R/Fit]>>>>';
    expect(await active(pdf(link), 'a.pdf')).toEqual({});
  });
});

describe('an office package', () => {
  it('tells of macros, controls and what it would fetch', async () => {
    const extra = {
      'word/vbaProject.bin': 'x',
      'word/activeX/activeX1.xml': '<ax/>',
      'word/_rels/settings.xml.rels': relations(
        ['t', 'attachedTemplate', 'https://example.org/a.dotm'],
        ['l', 'attachedTemplate', 'file:///C:/t.dotm'],
      ),
    };
    const links: [string, string, string][] = [
      ['o', 'oleObject', 'https://example.org/a.doc'],
      ['h', 'hyperlink', 'https://example.org/'],
    ];
    expect(await toldBy(parseDocx, wordFile(p(TEXT), extra, links))).toEqual({
      'active-macro': 1,
      'active-control': 1,
      'active-template': 1,
      'active-remote-object': 1,
    });
  });

  it('tells of fields that ask a program, however they are split', async () => {
    const field = (...parts: string[]): string =>
      `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${parts.map((part) => `<w:r><w:instrText>${part}</w:instrText></w:r>`).join('')}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;
    expect(await toldBy(parseDocx, wordFile(p(TEXT) + field(' DD', 'EAUTO c:\\\\windows\\\\cmd.exe') + field(' PAGE ')))).toEqual({
      'active-exchange': 1,
    });
    const simple = '<w:p><w:fldSimple w:instr=" INCLUDETEXT https://example.org/a.txt"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>';
    expect(await toldBy(parseDocx, wordFile(simple))).toEqual({ 'active-remote-object': 1 });
  });

  it('says nothing of an honest presentation', async () => {
    expect(await toldBy(parsePptx, slideFile([slidePart(shape(TEXT))]))).toEqual({});
  });
});

describe('an OpenDocument file', () => {
  it('tells of macros and of what runs when it is opened', async () => {
    const content = `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:script="s" xmlns:draw="d" xmlns:xlink="x"><office:scripts><office:event-listeners><script:event-listener script:event-name="dom:load"/></office:event-listeners></office:scripts><office:body><office:text><text:p>${TEXT}</text:p><draw:object xlink:href="https://example.org/a.ods"/></office:text></office:body></office:document-content>`;
    const parts = {
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': content,
      'Basic/Standard/Module1.xml': '<m/>',
      'Basic/Standard/script-lb.xml': '<l/>',
    };
    expect(await toldBy(parseOdt, zipOf(parts))).toEqual({ 'active-macro': 1, 'active-handler': 1, 'active-remote-object': 1 });
  });
});

describe('markup', () => {
  it('tells of scripts, handlers and plug-ins of a page', async () => {
    const page = `<html><body onload="go()"><p>${TEXT}</p><script>go()</script><script type="application/ld+json">{}</script><a href=" java\nscript:go()">x</a><object classid="clsid:1"></object><img src="a.png" alt="on"></body></html>`;
    expect(await active(page, 'a.html')).toEqual({ 'active-handler': 2, 'active-script': 1, 'active-control': 1 });
  });

  it('tells of a drawing that has a script, and not of XML that calls something a script', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="go()"><title>${TEXT}</title><script href="a.js"/></svg>`;
    expect(await active(svg, 'a.xml')).toEqual({ 'active-handler': 1, 'active-script': 1 });
    expect(await active(`<play><title>${TEXT}</title><script>Act one, in which the pump is switched on.</script></play>`, 'a.xml')).toEqual(
      {},
    );
  });

  it('tells of what a mail brings', async () => {
    const mail = `From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>${TEXT}</p><script>go()</script>\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="invoice.pdf.exe"\n\nMZ\n--b--\n`;
    expect(await active(mail, 'a.eml')).toEqual({ 'active-script': 1, 'active-program': 1 });
  });
});

it('tells of a template, a control and a field of rich text', async () => {
  const rtf = `{\\rtf1\\ansi{\\*\\template https://example.org/a.dotm}${TEXT}{\\object\\objocx{\\*\\objdata 00}}{\\field{\\*\\fldinst {DDEAUTO c:\\\\\\\\cmd.exe}}{\\fldrslt x}}\\par}`;
  expect(await active(rtf, 'a.rtf')).toEqual({ 'active-template': 1, 'active-control': 1, 'active-exchange': 1 });
});

it('says nothing of the samples of the older formats', async () => {
  for (const name of ['service/maintenance-agreement-2004.doc', 'finance/reisekosten-2005.xls', 'learning/seal-replacement-2006.ppt'])
    expect((await parseSample(name)).warnings.filter(({ code }) => code.startsWith('active-'))).toEqual([]);
});
