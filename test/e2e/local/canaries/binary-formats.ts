import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { gzipSync, strToU8, unzipSync, zipSync } from 'fflate';
import { pdfPicture } from '#core/formats/pdf/picture.ts';
import { odtPart, zipOf } from '#test/core/formats/office/packages.ts';
import { makePdf } from '#test/core/formats/pdf/make-pdf.ts';
import { tar } from '#test/core/members/make-tar.ts';
import { CARD, EMAIL, NAME, PASSPORT, ROWS, SENTENCES, SSN, TEXT } from './identities.ts';

type Files = Record<string, string | Uint8Array>;
const SAMPLES = path.join(import.meta.dirname, '../../../../samples/documents');

/** Words of a binary file written over by others, which are filled up with blanks so that every offset stays. */
function overwritten(bytes: Uint8Array, changes: Readonly<Record<string, string>>): Uint8Array {
  const copy = Buffer.from(bytes);
  for (const [words, instead] of Object.entries(changes)) {
    if (instead.length > words.length) throw new Error(`there is no room for ${instead}`);
    const encodings = (['latin1', 'utf16le'] as const).filter((encoding) => copy.includes(Buffer.from(words, encoding)));
    if (encodings.length === 0) throw new Error(`the sample has no ${words}`);
    for (const encoding of encodings) {
      const [old, written] = [words, instead.padEnd(words.length)].map((text) => Buffer.from(text, encoding));
      if (old && written) for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) written.copy(copy, at);
    }
  }
  return copy;
}
const sample = (name: string, changes: Readonly<Record<string, string>>): Uint8Array =>
  overwritten(readFileSync(path.join(SAMPLES, name)), changes);

/** By its first part, which has to be stored as it is, an OpenDocument file is told. */
export const stored = (bytes: Uint8Array): Uint8Array => zipSync(unzipSync(bytes), { level: 0 });

/** The formats of Microsoft's older programs, as samples of them with other words. */
const legacyFormats = (): Files => ({
  'a.doc': sample('service/maintenance-agreement-2004.doc', {
    'Between Kestrelbrook Pumps Ltd, Weir Lane 4, Otterby, and the Otterby Water Board, for the eleven pumps': `Written by ${NAME}, ${EMAIL}, for the pump`,
    'Two inspections a year, in April and in October.': `The credit card ${CARD}`,
    'The rate is the one of the day of the invoice.': `Her social security number is ${SSN}.`,
    'Eleven or twelve? The standby pump is not in the list.': `Ask ${NAME} about it.`,
    'Maintenance agreement 2004': `By ${NAME}`,
  }),
  'a.xls': sample('finance/spare-parts-stock-2003.xls', {
    'Spare parts stock, Otterby, 31 December 2003': `Pumps counted by ${NAME}`,
    'Impeller 160 mm, withdrawn': `SSN ${SSN}`,
    'Supplier changes in February.': EMAIL,
  }),
  'a.ppt': sample('learning/seal-replacement-2006.ppt', {
    'Training for fitters, May 2006': `By ${NAME}`,
    'Lock out the motor and hang your own tag': `The pump: ${EMAIL}`,
    'Welcome. Phones off, please: the test rig is loud enough.': `The credit card ${CARD}`,
    'Ask who has ever found the wrong valve closed.': `Her social security number is ${SSN}.`,
  }),
  'a.msg': sample('service/quote-request-kb60.msg', {
    'Request for quotation: three KB 60': `Pump for ${NAME}`,
    'Duncan Sayle': 'Quillfeather',
    'd.sayle@mirecastle-dyers.example': EMAIL,
    'we are rebuilding the cooling circuit of our dye house and need an offer for': `${NAME} pays with the credit card ${CARD}`,
    'The basin feeds two pumps; a third stands by.': `Her passport is ${PASSPORT}.`,
  }),
  'a.xlsb': workbookOfBytes(),
});

function workbookOfBytes(): Uint8Array {
  const parts = unzipSync(readFileSync(path.join(SAMPLES, 'finance/order-book-2025.xlsb')));
  const sheet = parts['xl/worksheets/sheet1.bin'] ?? new Uint8Array();
  const changes = { 'Otterby Water Board': 'W. Quillfeather', 'Cancelled by the customer': NAME, 'Harrowfield Dairy': `SSN ${SSN}` };
  return zipSync({ ...parts, 'xl/worksheets/sheet1.bin': overwritten(sheet, changes) });
}

const openDocument = (kind: string, body: string): Uint8Array =>
  stored(
    zipOf({
      mimetype: `application/vnd.oasis.opendocument.${kind}`,
      'content.xml': odtPart('document-content', `<office:body>${body}</office:body>`),
    }),
  );
const lines = SENTENCES.map((text) => `<text:p>${text}</text:p>`).join('');
const rows = ROWS.map(
  (row) =>
    `<table:table-row>${row.map((cell) => `<table:table-cell><text:p>${cell}</text:p></table:table-cell>`).join('')}</table:table-row>`,
).join('');

const openDocuments = (): Files => ({
  'a.odp': openDocument(
    'presentation',
    `<office:presentation><draw:page draw:name="${NAME}"><draw:frame><draw:text-box>${lines}</draw:text-box></draw:frame></draw:page></office:presentation>`,
  ),
  'a.ods': openDocument(
    'spreadsheet',
    `<office:spreadsheet><table:table table:name="Pump ${NAME}">${rows}</table:table></office:spreadsheet>`,
  ),
});

/** The letter as a picture: large, so that the recogniser reads every word. */
async function picture(): Promise<Uint8Array> {
  const page = await makePdf(
    (document) => {
      document.fontSize(14);
      for (const [i, text] of SENTENCES.entries()) document.text(text, 30, 30 + i * 60, { width: 540 });
    },
    { size: [600, 300] },
  );
  return pdfPicture(page, 'a.pdf', 1);
}

/** A quarter of a second of silence: what is said stands in the transcript beside it. */
function silence(): Uint8Array {
  const [rate, size] = [8000, 2000];
  const wav = Buffer.alloc(44 + size, 0x80);
  wav.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  wav.writeUInt32LE(36 + size, 4);
  for (const [at, value] of [
    [16, 16],
    [24, rate],
    [28, rate],
  ] as const)
    wav.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    wav.writeUInt16LE(value, at);
  wav.writeUInt32LE(16, 16);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(size, 40);
  return wav;
}

const message = (number: number): string =>
  `From ${EMAIL} Sat Nov 21 10:00:0${number} 2026\nFrom: ${NAME} <${EMAIL}>\nMessage-ID: <${number}@pumps.example>\nSubject: Pump ${number} for ${NAME}\n\n${TEXT}\n\n`;

/** Files in files: what an archive holds is a document of its own. */
const archives = (): Files => ({
  'a.zip': zipOf({ 'letter.txt': TEXT, 'inner.zip': zipOf({ 'deep.txt': TEXT }) }),
  'a.tar': tar({ 'letter.txt': TEXT }),
  'a.tgz': gzipSync(tar({ 'letter.txt': TEXT })),
  'b.txt.gz': gzipSync(strToU8(TEXT)),
  'a.mbox': `${message(1)}${message(2)}`,
});

async function parquet(file: string): Promise<Uint8Array> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const [header = [], ...body] = ROWS;
  const text = (value: string): string => `'${value}'`;
  const columns = header.map((name) => `"${name}"`).join(', ');
  const values = body.map((row) => `(${row.map(text).join(', ')})`).join(', ');
  await connection.run(`COPY (SELECT * FROM (VALUES ${values}) AS t(${columns})) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  return readFileSync(file);
}

/** A file of each format that is not written as text. `folder`: where one of them is put aside. */
export const binaryFormats = async (folder: string): Promise<Files> => ({
  ...legacyFormats(),
  ...openDocuments(),
  ...archives(),
  'a.parquet': await parquet(path.join(folder, 'made.parquet')),
  'a.png': await picture(),
  'call.wav': silence(),
  'call.wav.vtt': `WEBVTT\n\n${SENTENCES.map((text, i) => `00:00:0${i * 2}.000 --> 00:00:0${i * 2 + 1}.500\n<v ${NAME}>${text}`).join('\n\n')}\n`,
});
