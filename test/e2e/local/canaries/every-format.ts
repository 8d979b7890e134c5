import { strToU8 } from 'fflate';
import {
  cells,
  odtFile,
  p,
  relations,
  shape,
  slideFile,
  slidePart,
  wordFile,
  wordPart,
  workbookFile,
  zipOf,
} from '#test/core/formats/office/packages.ts';
import { makePdf } from '#test/core/formats/pdf/make-pdf.ts';
import { binaryFormats, stored } from './binary-formats.ts';
import { CARD, EMAIL, NAME, PHONE, ROWS, SENTENCES, SSN, TEXT } from './identities.ts';

const quoted = (rows: string[][], separator: string): string =>
  rows.map((row) => row.map((cell) => `"${cell}"`).join(separator)).join('\n');
const paragraphs = (tag: string): string => SENTENCES.map((text) => `<${tag}>${text}</${tag}>`).join('');

const mail = `From: ${NAME} <${EMAIL}>\r\nTo: Office <office@pumps.example>\r\nSubject: Pump for ${NAME}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${TEXT.replaceAll('\n', '\r\n')}\r\n`;

const core = `<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc"><dc:title>Letter by ${NAME}</dc:title><dc:creator>${NAME}</dc:creator></cp:coreProperties>`;

/** By this part, an office package is told from another zip. */
const TYPES = { '[Content_Types].xml': '<Types/>' };

/**
 * A file of each format, with the identities in its text, its tables, its notes and what it says of itself. `folder`: where one of
 * them is put aside.
 */
export async function everyFormat(folder: string): Promise<Record<string, string | Uint8Array>> {
  const pdf = await makePdf(
    (page) => {
      page.fontSize(9);
      for (const [i, text] of SENTENCES.entries()) page.text(text, 40, 60 + i * 40, { width: 500 });
    },
    { info: { Title: `Letter by ${NAME}`, Author: NAME } },
  );
  return {
    'a.txt': TEXT,
    'a.md': `# Letter by ${NAME}\n\n${TEXT}\n\n![Portrait of ${NAME}](portrait.png) and [her page](mailto:${EMAIL})\n`,
    'a.html': `<html><head><title>Letter by ${NAME}</title><meta name="author" content="${NAME}"></head><body><!-- ask ${EMAIL} --><main>${paragraphs('p')}<p style="display:none">${NAME}, ${CARD}</p><img alt="${NAME}" src="x.png"><a href="mailto:${EMAIL}">write</a></main></body></html>`,
    'a.csv': quoted(ROWS, ','),
    'a.tsv': quoted(ROWS, '\t'),
    'a.json': JSON.stringify({ customer: { name: NAME, email: EMAIL, ssn: SSN, phone: PHONE }, letter: TEXT }),
    'a.ndjson': `${JSON.stringify({ name: NAME, email: EMAIL })}\n${JSON.stringify({ note: TEXT })}\n`,
    'a.xml': `<letter><author>${NAME}</author>${paragraphs('line')}</letter>`,
    'a.rtf': `{\\rtf1\\ansi{\\info{\\title Letter by ${NAME}}{\\author ${NAME}}}${SENTENCES.map((text) => `\\pard ${text}\\par`).join('\n')}}`,
    'a.eml': mail,
    'a.vtt': `WEBVTT\n\n${SENTENCES.map((text, i) => `00:00:0${i * 2}.000 --> 00:00:0${i * 2 + 1}.500\n<v ${NAME}>${text}`).join('\n\n')}\n`,
    'a.srt': SENTENCES.map((text, i) => `${i + 1}\n00:00:0${i * 2},000 --> 00:00:0${i * 2 + 1},500\n${text}\n`).join('\n'),
    'a.ipynb': JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [{ cell_type: 'markdown', metadata: {}, source: [TEXT] }],
    }),
    'a.docx': wordFile(
      `${SENTENCES.map((text) => p(text)).join('')}`,
      {
        ...TYPES,
        'docProps/core.xml': core,
        'word/comments.xml': wordPart('comments', `<w:comment w:id="1" w:author="${NAME}">${p(`Ask ${EMAIL}.`)}</w:comment>`),
      },
      [['c1', 'comments', 'comments.xml']],
    ),
    'a.pptx': slideFile([slidePart(shape(TEXT.replaceAll('\n\n', '\n'), '', `descr="Portrait of ${NAME}"`))], TYPES),
    'a.xlsx': workbookFile([{ name: 'Staff', xml: cells(ROWS) }], TYPES),
    'a.odt': stored(odtFile(SENTENCES.map((text) => `<text:p>${text}</text:p>`).join(''))),
    'a.epub': zipOf({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml':
        '<container><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
      'c.opf': `<package xmlns:dc="dc"><metadata><dc:title>Letters</dc:title><dc:creator>${NAME}</dc:creator></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
      'a.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>${paragraphs('p')}</body></html>`,
    }),
    'a.pdf': pdf,
    ...(await binaryFormats(folder)),
    // What fails, too, and says why.
    'broken.docx': zipOf({
      ...TYPES,
      '_rels/.rels': relations(['r1', 'officeDocument', 'word/document.xml']),
      'word/document.xml': strToU8(`<w:document><w:body>${TEXT}`),
    }),
    'broken.json': `{"name": "${NAME}", "card": "${CARD}", `,
    'hidden.txt': `${TEXT}\n${'\u{e0041}'.repeat(200)}`,
  };
}
