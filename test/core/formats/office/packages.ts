import { strToU8, zipSync } from 'fflate';
import { DEFAULT_PARSE_LIMITS, type Parse, type ParseLimits } from '#core/formats/index.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

export type Parts = Record<string, string | Uint8Array>;

export const zipOf = (parts: Parts): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([path, body]) => [path, typeof body === 'string' ? strToU8(body) : body])));

export const parsing =
  (parse: Parse, name: string) =>
  async (bytes: Uint8Array, limits: Partial<ParseLimits> = {}): Promise<Extracted> =>
    parse(bytes, { name, limits: { ...DEFAULT_PARSE_LIMITS, ...limits } });

const type = (name: string): string => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}`;

/** A relations part from `[id, type, target]`; an address is an outside target. */
export const relations = (...links: [string, string, string][]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links
    .map(([id, name, target]) => {
      const mode = target.includes('://') ? ' TargetMode="External"' : '';
      return `<Relationship Id="${id}" Type="${type(name)}" Target="${target}"${mode}/>`;
    })
    .join('')}</Relationships>`;

const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:m="m" xmlns:mc="mc" xmlns:wp="wp" xmlns:a="a" xmlns:v="v"';

export const wordPart = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><w:${root} ${W}>${content}</w:${root}>`;

/** A Word file with this body; `extra` holds its other parts, `links` how the document reaches them. */
export const wordFile = (body: string, extra: Parts = {}, links: [string, string, string][] = []): Uint8Array =>
  zipOf({
    '_rels/.rels': relations(['r1', 'officeDocument', 'word/document.xml'], ['r2', 'core-properties', 'docProps/core.xml']),
    'word/document.xml': wordPart('document', `<w:body>${body}</w:body>`),
    'word/_rels/document.xml.rels': relations(...links),
    ...extra,
  });

export const p = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

const P = 'xmlns:p="p" xmlns:a="a" xmlns:r="r"';
export const slidePart = (shapes: string, attributes = ''): string =>
  `<p:sld ${P} ${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;
export const shape = (text: string, placeholder = '', attributes = ''): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" ${attributes}/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:txBody>${text
    .split('\n')
    .map((line) => (line.startsWith('<') ? line : `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`))
    .join('')}</p:txBody></p:sp>`;

/** A presentation; slides are numbered from 1, and `extra` may add `ppt/slides/_rels/slideN.xml.rels`. */
export const slideFile = (slides: string[], extra: Parts = {}, order = slides.map((_, i) => i + 1)): Uint8Array =>
  zipOf({
    '_rels/.rels': relations(['r1', 'officeDocument', 'ppt/presentation.xml']),
    'ppt/presentation.xml': `<p:presentation ${P}><p:sldIdLst>${order.map((n) => `<p:sldId id="${255 + n}" r:id="s${n}"/>`).join('')}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      ...slides.map((_, i): [string, string, string] => [`s${i + 1}`, 'slide', `slides/slide${i + 1}.xml`]),
    ),
    ...Object.fromEntries(slides.map((slide, i) => [`ppt/slides/slide${i + 1}.xml`, slide])),
    ...extra,
  });

export type SheetSpec = { name: string; xml: string; state?: string };

/** A workbook of these sheets; `xml` is what stands inside of `worksheet`. */
export const workbookFile = (sheets: SheetSpec[], extra: Parts = {}, workbook = ''): Uint8Array =>
  zipOf({
    '_rels/.rels': relations(['r1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook xmlns:r="r">${workbook}<sheets>${sheets
      .map(
        ({ name, state }, i) =>
          `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i + 1}" ${state === undefined ? '' : `state="${state}"`}/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['x1', 'sharedStrings', 'sharedStrings.xml'],
      ['x2', 'styles', 'styles.xml'],
      ...sheets.map((_, i): [string, string, string] => [`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`]),
    ),
    ...Object.fromEntries(sheets.map(({ xml }, i) => [`xl/worksheets/sheet${i + 1}.xml`, `<worksheet xmlns:r="r">${xml}</worksheet>`])),
    ...extra,
  });

const letter = (column: number): string => String.fromCharCode(65 + column);

/** Rows of cells from A1 on: numbers as numbers, texts inline, '' as no cell. */
export const cells = (rows: (string | number)[][], from = 1): string =>
  `<sheetData>${rows
    .map((row, i) => {
      const written = row.map((value, column) => {
        if (value === '') return '';
        const at = `${letter(column)}${from + i}`;
        return typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
      });
      return `<row r="${from + i}">${written.join('')}</row>`;
    })
    .join('')}</sheetData>`;

const ODF =
  'xmlns:office="office" xmlns:text="text" xmlns:table="table" xmlns:draw="draw" xmlns:style="style" xmlns:dc="dc" xmlns:svg="svg" xmlns:fo="fo" xmlns:meta="meta"';

/** An OpenDocument text with this body and these automatic styles. */
export const odtFile = (body: string, automaticStyles = '', extra: Parts = {}): Uint8Array =>
  zipOf({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content ${ODF}><office:automatic-styles>${automaticStyles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ...extra,
  });

export const odtPart = (root: string, content: string): string => `<office:${root} ${ODF}>${content}</office:${root}>`;
