import { SluiceError } from '#core/errors.ts';
import type { Storage } from '../compound-file.ts';
import type { ParseContext } from '../index.ts';

/** Where the header of a document ([MS-DOC] 2.5, FIB) keeps the place and length of what is read. */
const Place = {
  styles: 0xa2,
  headers: 0xf2,
  characterRuns: 0xfa,
  paragraphRuns: 0x102,
  pieces: 0x1a2,
  lists: 0x2e2,
  listOverrides: 0x2ea,
} as const;

const WORD_97 = 0xa5ec;
const WORD_6 = 0xa5dc;
const FIRST_97_VERSION = 0xc1;
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;

/** Lengths, in characters, of the parts of the text, which stand one behind the other. */
export type Parts = {
  main: number;
  footnotes: number;
  headers: number;
  comments: number;
  endnotes: number;
  boxes: number;
  headerBoxes: number;
};

export type DocFile = {
  /** The stream with the text and the runs of properties. */
  stream: Buffer;
  parts: Parts;
  /** Word 6 and 95: text without runs that are read. */
  isOld: boolean;
  /** First and last byte of the text where no pieces say more. */
  text: { start: number; end: number };
  table(what: keyof typeof Place): Buffer;
  /** What begins where a table does and goes beyond it. */
  tableAndRest(what: keyof typeof Place): Buffer;
};

const NOTHING = Buffer.alloc(0);
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The streams of a Word document. Throws `encrypted`, `corrupt`, `unsupported-format`. */
export function openDoc(storage: Storage, { name }: ParseContext): DocFile {
  const found = storage.read('WordDocument');
  if (found === undefined || found.length < 0x60) throw new SluiceError('corrupt', `reading ${name}: the document is not in the file`);
  const stream = bufferOf(found);
  const magic = stream.readUInt16LE(0);
  if (magic !== WORD_97 && magic !== WORD_6)
    throw new SluiceError('unsupported-format', `reading ${name}: a document of Word 2 or older, or no Word document`);
  const flags = stream.readUInt16LE(0xa);
  if (flags & ENCRYPTED) throw new SluiceError('encrypted', `reading ${name}: it is protected by a password`);
  const text = { start: stream.readUInt32LE(0x18), end: stream.readUInt32LE(0x1c) };
  if (magic === WORD_6 || stream.readUInt16LE(2) < FIRST_97_VERSION)
    return { stream, parts: partsAt(stream, 0x34), isOld: true, text, table: () => NOTHING, tableAndRest: () => NOTHING };
  const streamName = flags & SECOND_TABLE ? '1Table' : '0Table';
  const tables = bufferOf(storage.read(streamName) ?? storage.read(streamName === '1Table' ? '0Table' : '1Table') ?? new Uint8Array(0));
  const at = (what: keyof typeof Place, more = 0): number =>
    Place[what] + 8 > stream.length ? 0 : stream.readUInt32LE(Place[what] + more);
  return {
    stream,
    parts: partsAt(stream, 0x4c),
    isOld: false,
    text,
    table: (what) => tables.subarray(at(what), at(what) + at(what, 4)),
    tableAndRest: (what) => (at(what, 4) === 0 ? NOTHING : tables.subarray(at(what))),
  };
}

function partsAt(stream: Buffer, at: number): Parts {
  const length = (i: number): number => Math.max(0, stream.readInt32LE(at + i * 4));
  // The fourth belongs to macros of a Word that never was.
  return {
    main: length(0),
    footnotes: length(1),
    headers: length(2),
    comments: length(4),
    endnotes: length(5),
    boxes: length(6),
    headerBoxes: length(7),
  };
}
