import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
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
import { jsonOf, linesOf, run, workspace } from './helpers.ts';

/** Identities that stand in no other file. Each is looked for as it is written, whole or in part. */
const CANARIES = {
  name: ['Wilhelmina Quillfeather', 'Quillfeather'],
  email: ['w.quillfeather@canary.example', 'canary.example'],
  card: ['4929 1234 5678 9015'],
  iban: ['DE89 3704 0044 0532 0130 00', '0044 0532'],
  ssn: ['219-09-9998'],
  phone: ['+49 30 901820'],
  passport: ['C01X00T47'],
  address: ['1789 Marigold Avenue'],
  password: ['hunter2!xyzzy'],
};
const [NAME, EMAIL, CARD, IBAN, SSN, PHONE, PASSPORT, ADDRESS, SECRET] = Object.values(CANARIES).map(([first = '']) => first) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

const SENTENCES = [
  `The letter about the pump was written by ${NAME}, who can be reached at ${EMAIL} or ${PHONE}.`,
  `She pays with the credit card ${CARD} or from the account ${IBAN}.`,
  `Her social security number is ${SSN}, and her passport is ${PASSPORT}.`,
  `She lives at ${ADDRESS}, Springfield, IL 62704. The password is ${SECRET} for now.`,
];
const TEXT = SENTENCES.join('\n\n');
const ROWS = [
  ['Full name', 'E-mail', 'Card', 'Social security', 'Passport', 'Phone'],
  [NAME, EMAIL, CARD, SSN, PASSPORT, PHONE],
];
const quoted = (rows: string[][], separator: string): string =>
  rows.map((row) => row.map((cell) => `"${cell}"`).join(separator)).join('\n');
const paragraphs = (tag: string): string => SENTENCES.map((text) => `<${tag}>${text}</${tag}>`).join('');

const mail = `From: ${NAME} <${EMAIL}>\r\nTo: Office <office@pumps.example>\r\nSubject: Pump for ${NAME}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${TEXT.replaceAll('\n', '\r\n')}\r\n`;

const core = `<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc"><dc:title>Letter by ${NAME}</dc:title><dc:creator>${NAME}</dc:creator></cp:coreProperties>`;

/** By this part, an office package is told from another zip. */
const TYPES = { '[Content_Types].xml': '<Types/>' };
/** By its first part, which has to be stored as it is, an OpenDocument file is told. */
const stored = (bytes: Uint8Array): Uint8Array => zipSync(unzipSync(bytes), { level: 0 });

/** A file of each format, with the identities in its text, its tables, its notes and what it says of itself. */
async function everyFormat(): Promise<Record<string, string | Uint8Array>> {
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
    'a.jsonl': `${JSON.stringify({ name: NAME, email: EMAIL })}\n${JSON.stringify({ note: TEXT })}\n`,
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

/** Files of the data directory that hold one of these, in any case, as bytes of UTF-8 or of UTF-16. */
function holding(dataDir: string, words: readonly string[]): string[] {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(dataDir, file).startsWith(path.join('work', 'unmasked')))
    .flatMap((file) => {
      const bytes = readFileSync(file);
      const texts = [bytes.toString('latin1').toLowerCase(), bytes.toString('utf16le').toLowerCase()];
      return words
        .filter((word) => texts.some((text) => text.includes(word.toLowerCase())))
        .map((word) => `${path.relative(dataDir, file)}: ${word}`);
    });
}

const ALL = Object.values(CANARIES).flat();
const inText = (text: string): string[] => ALL.filter((word) => text.toLowerCase().includes(word.toLowerCase()));

describe('personal data', () => {
  it('of every format is in no file of the data directory and in nothing that is said', async () => {
    const { inbox, dataDir } = workspace(await everyFormat());
    const at = ['--data-dir', dataDir, '--json', '--set', 'parsing.processes=1'];
    const ingested = await run(['ingest', inbox, ...at]);
    expect(jsonOf<{ indexed: number }>(ingested).indexed).toBeGreaterThanOrEqual(19);
    expect(holding(dataDir, ALL)).toEqual([]);
    const said = [
      ingested,
      await run(['status', ...at]),
      await run(['review', ...at]),
      await run(['export', '--jsonl', '--data-dir', dataDir]),
      await run(['search', 'letter about the pump', '--top', '50', ...at]),
      await run(['status', path.join(inbox, 'broken.json'), ...at]),
      await run(['status', path.join(inbox, 'hidden.txt'), ...at]),
    ];
    expect(said.flatMap(({ stdout, stderr }) => [...inText(stdout), ...inText(stderr)])).toEqual([]);
    // The letter itself is there: it was masked, not lost.
    const chunks = linesOf<{ uri: string; text: string }>(await run(['export', '--jsonl', '--data-dir', dataDir]));
    for (const name of ['a.txt', 'a.docx', 'a.pdf', 'a.eml', 'a.html'])
      expect(
        chunks.filter(({ uri, text }) => uri.endsWith(name) && text.includes('[PERSON]') && text.includes('pump')),
        name,
      ).not.toEqual([]);
  }, 120_000);

  it('that somebody searches for is not kept', async () => {
    const { inbox, dataDir } = workspace({ 'a.txt': TEXT });
    await run(['ingest', inbox, '--data-dir', dataDir, '--json', '--set', 'parsing.processes=1']);
    await run(['search', `${NAME} ${EMAIL}`, '--data-dir', dataDir, '--json']);
    expect(holding(dataDir, ALL)).toEqual([]);
  });

  it('is found by this test where it is kept on purpose', async () => {
    const { inbox, dataDir } = workspace({ 'a.txt': TEXT });
    await run(['ingest', inbox, '--data-dir', dataDir, '--json', '--set', 'parsing.processes=1', '--set', 'pii.default=keep']);
    expect(holding(dataDir, ALL).map((found) => found.split(': ')[1])).toEqual(expect.arrayContaining(ALL));
  });
});
