import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { type Zippable, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';

/** A linear congruence: the same documents on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS =
  'pump valve pressure bearing rotor coolant flow seal gasket motor sensor inspection schedule operator manual warning torque vibration shaft housing temperature reading log entry supplier contract delivery quality report measurement filter inlet outlet station'.split(
    ' ',
  );

const sentence = (random: (below: number) => number, length: number): string => {
  const words = Array.from({ length }, () => WORDS[random(WORDS.length)] ?? '').join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
};

const paragraph = (random: (below: number) => number, sentences: number): string =>
  Array.from({ length: sentences }, () => sentence(random, 8 + random(10))).join(' ');

/** A manual with running titles, headings, prose in one and two columns, lists and tables with and without rules. */
export async function makePdf(file: string, pages: number): Promise<void> {
  const random = numbers(pages);
  const document = new PDFDocument({
    size: 'A4',
    margin: 60,
    autoFirstPage: false,
    info: { Title: 'A manual of many pages', Author: 'Bench' },
  });
  const out = createWriteStream(file);
  document.pipe(out);
  for (let page = 1; page <= pages; page++) {
    document.addPage();
    document.font('Helvetica').fontSize(8).text('Manual of the pumping station', 60, 30, { lineBreak: false });
    document.text(String(page), 290, 800, { lineBreak: false });
    document
      .font('Helvetica-Bold')
      .fontSize(15)
      .text(`${page}. ${sentence(random, 4)}`, 60, 60);
    document.font('Helvetica').fontSize(10).moveDown();
    const columns = page % 3 === 0 ? 2 : 1;
    document.text(paragraph(random, 14), { columns, columnGap: 20, height: 330, align: 'justify' });
    if (page % 2 === 0) ruledTable(document, random);
    else for (let i = 1; i <= 8; i++) document.text(`${i}. ${sentence(random, 9)}`, 70, 480 + i * 18, { lineBreak: false });
    if (page % 200 === 0 && out.writableNeedDrain) await once(out, 'drain');
  }
  document.end();
  await once(out, 'finish');
}

function ruledTable(document: PDFKit.PDFDocument, random: (below: number) => number): void {
  for (let row = 0; row < 10; row++) {
    for (let column = 0; column < 4; column++) {
      const [x, y] = [60 + column * 115, 480 + row * 20];
      document.rect(x, y, 115, 20).stroke();
      const text =
        row === 0 ? (WORDS[column * 3] ?? '') : column === 0 ? (WORDS[random(WORDS.length)] ?? '') : String(random(100_000) / 100);
      document.text(text, x + 4, y + 5, { lineBreak: false });
    }
  }
}

const type = (name: string): string => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}`;
const relations = (...links: [string, string][]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links
    .map(([name, target], i) => `<Relationship Id="r${i + 1}" Type="${type(name)}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const office = (main: string): Zippable => ({
  '[Content_Types].xml': bytes('<Types/>'),
  '_rels/.rels': bytes(relations(['officeDocument', main])),
});

/** Pictures of bytes without order, as photos are to a packer: stored, not packed. */
const photos = (folder: string, mb: number): Zippable =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(mb / 5) }, (_, i) => [
      `${folder}/photo${i}.jpg`,
      [randomFillSync(new Uint8Array(5_000_000)), { level: 0 }],
    ]),
  );

/** A text of so many paragraphs beside photos. */
export function makeDocx(file: string, paragraphs: number, photosMb: number): void {
  const random = numbers(paragraphs);
  const body = Array.from({ length: paragraphs }, (_, i) =>
    i % 20 === 0
      ? `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>${sentence(random, 5)}</w:t></w:r></w:p>`
      : `<w:p><w:r><w:t>${paragraph(random, 5)}</w:t></w:r></w:p>`,
  ).join('');
  const text = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  writeFileSync(
    file,
    zipSync({ ...office('word/document.xml'), 'word/document.xml': bytes(text), ...photos('word/media', photosMb) }, { level: 6 }),
  );
}

/** A presentation of so many slides beside photos. */
export function makePptx(file: string, slides: number, photosMb: number): void {
  const random = numbers(slides);
  const parts: Zippable = {};
  const links: [string, string][] = [];
  for (let i = 1; i <= slides; i++) {
    const lines = Array.from({ length: 8 }, () => `<a:p><a:r><a:t>${sentence(random, 9)}</a:t></a:r></a:p>`).join('');
    parts[`ppt/slides/slide${i}.xml`] = bytes(
      `<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:nvPr/></p:nvSpPr><p:txBody>${lines}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`,
    );
    links.push(['slide', `slides/slide${i}.xml`]);
  }
  const list = links.map((_, i) => `<p:sldId id="${256 + i}" r:id="r${i + 1}"/>`).join('');
  parts['ppt/presentation.xml'] = bytes(`<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${list}</p:sldIdLst></p:presentation>`);
  parts['ppt/_rels/presentation.xml.rels'] = bytes(relations(...links));
  writeFileSync(file, zipSync({ ...office('ppt/presentation.xml'), ...parts, ...photos('ppt/media', photosMb) }, { level: 6 }));
}

/** A workbook of one sheet with so many rows of ten numbers, beside photos. */
export function makeXlsx(file: string, rows: number, photosMb: number): void {
  const random = numbers(rows);
  const parts: Uint8Array[] = [bytes('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')];
  for (let row = 1; row <= rows; ) {
    let part = '';
    for (const end = Math.min(rows, row + 999); row <= end; row++) {
      part += `<row r="${row}">`;
      for (let column = 0; column < 10; column++)
        part += `<c r="${String.fromCharCode(65 + column)}${row}"><v>${random(1e9) / 100}</v></c>`;
      part += '</row>';
    }
    parts.push(bytes(part));
  }
  parts.push(bytes('</sheetData></worksheet>'));
  const sheet = Buffer.concat(parts);
  const book = '<workbook xmlns:r="r"><sheets><sheet name="Readings" sheetId="1" r:id="r1"/></sheets></workbook>';
  writeFileSync(
    file,
    zipSync(
      {
        ...office('xl/workbook.xml'),
        'xl/workbook.xml': bytes(book),
        'xl/_rels/workbook.xml.rels': bytes(relations(['worksheet', 'worksheets/sheet1.xml'])),
        'xl/worksheets/sheet1.xml': sheet,
        ...photos('xl/media', photosMb),
      },
      { level: 1 },
    ),
  );
}
