import { SluiceError } from '../../errors.ts';
import type { ParseContext } from '../index.ts';
import { BUILT_IN_FORMATS } from '../number-format.ts';
import { languageOfFormats } from '../xlsx/language.ts';
import type { CellContext } from '../xlsx/sheet.ts';
import { BOF, substream } from './records.ts';
import { byteStrings, StringReader, type Strings, unicodeStrings } from './strings.ts';

export type SheetEntry = { name: string; offset: number; hidden: boolean; kind: 'cells' | 'macros' | 'chart' | 'other' };

/** `exchanges`: links that ask another program for data. */
export type XlsWorkbook = { cells: CellContext; sheets: SheetEntry[]; readString: Strings; exchanges: number };

const SHEET_KINDS = ['cells', 'macros', 'chart'] as const;

const Record = {
  FilePass: 0x002f,
  CodePage: 0x0042,
  Date1904: 0x0022,
  Country: 0x008c,
  BoundSheet: 0x0085,
  Sst: 0x00fc,
  Format: 0x041e,
  Xf: 0x00e0,
  SupBook: 0x01ae,
} as const;

/** Telephone prefixes of countries whose numbers have a decimal comma, as LCIDs. */
const LANGUAGE_OF_COUNTRY: Readonly<Record<number, string>> = {
  31: '413',
  33: '40c',
  34: '40a',
  39: '410',
  43: '407',
  45: '406',
  46: '41d',
  48: '415',
  49: '407',
  55: '416',
  351: '816',
  358: '40b',
  420: '405',
};

const FIRST_WITH_UNICODE = 0x0600;

/** The part of a workbook stream that holds for all of its sheets. Throws `encrypted` for one with a password. */
export function readWorkbook(stream: Buffer, { name, limits }: ParseContext): XlsWorkbook {
  const version = stream.length > 6 && stream.readUInt16LE(0) === BOF ? stream.readUInt16LE(4) : 0;
  if (version < 0x0500) throw new SluiceError('unsupported-format', `reading ${name}: a workbook of Excel 4 or older`);
  let codePage = 1252;
  const readString = version >= FIRST_WITH_UNICODE ? unicodeStrings : byteStrings(() => codePage);
  const sheets: SheetEntry[] = [];
  const strings: string[] = [];
  const custom = new Map<number, string>();
  const cellStyles: number[] = [];
  let from1904 = false;
  let exchanges = 0;
  let country: number | undefined;
  for (const record of substream(stream, 0)) {
    const [data] = record.parts;
    switch (record.type) {
      case Record.FilePass:
        throw new SluiceError('encrypted', `reading ${name}: it is protected by a password`);
      case Record.CodePage:
        codePage = data.readUInt16LE() === 0x8000 ? 10000 : data.readUInt16LE();
        break;
      case Record.Date1904:
        from1904 = data.readUInt16LE() === 1;
        break;
      case Record.Country:
        country = data.readUInt16LE(2);
        break;
      case Record.BoundSheet:
        sheets.push({
          offset: data.readUInt32LE(),
          hidden: (data.readUInt8(4) & 3) !== 0,
          kind: SHEET_KINDS[data.readUInt8(5)] ?? 'other',
          name: readString(record, 6, 1),
        });
        break;
      case Record.SupBook:
        // Program and topic stand with this mark between them ([MS-XLS] 2.5.277).
        if (data.length > 4 && data.includes(3, 4)) exchanges += 1;
        break;
      case Record.Sst:
        readSharedStrings(new StringReader(record, 8), data.readUInt32LE(4), limits.maxTextLength, strings);
        break;
      case Record.Format:
        custom.set(data.readUInt16LE(), readString(record, 2, version >= FIRST_WITH_UNICODE ? 2 : 1));
        break;
      case Record.Xf:
        cellStyles.push(data.readUInt16LE(2));
        break;
      default:
    }
  }
  const formats = cellStyles.map((id) => custom.get(id) ?? BUILT_IN_FORMATS[id] ?? 'General');
  const language = languageOfFormats(formats) ?? (country === undefined ? undefined : LANGUAGE_OF_COUNTRY[country]);
  return { cells: { strings, formats, language, from1904 }, sheets, readString, exchanges };
}

function readSharedStrings(reader: StringReader, count: number, maxLength: number, strings: string[]): void {
  let length = 0;
  try {
    while (strings.length < count && !reader.done && length <= maxLength) {
      const text = reader.next();
      length += text.length;
      strings.push(text);
    }
  } catch (error) {
    // The strings before the break are whole, and a sheet may need no more.
    if (!(error instanceof RangeError)) throw error;
  }
}
