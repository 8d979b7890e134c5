import { openCompoundFile, type Storage } from '../compound-file.ts';
import type { ParseContext } from '../index.ts';
import { decodeCodePage } from '../rtf/code-pages.ts';
import { writeCompoundFile } from './compound-writer.ts';

type Carry = NonNullable<ParseContext['carry']>;

/** Documents of other programs by the stream that only they have. */
const NATIVE = [
  ['WordDocument', '.doc'],
  ['Workbook', '.xls'],
  ['Book', '.xls'],
  ['PowerPoint Document', '.ppt'],
  ['VisioDocument', '.vsd'],
  ['__properties_version1.0', '.msg'],
] as const;

/** Objects that are shown in full where they stand: a chart of the older kind, and formulas. */
const PICTURES = /MSGraph|Equation|MathType/;

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Hands on the file that an embedded object is or wraps; a picture, a formula or an object of an unknown program is none.
 * `name` has no suffix; `whole` is the object as a compound file, where it is one by itself.
 */
function carryObject(object: Storage, name: string, carry: Carry, whole?: Uint8Array): void {
  const native = object.read('\x01Ole10Native');
  const wrapped = native && packagedFile(bufferOf(native).subarray(4));
  const stored = object.read('Package') ?? object.read('EmbeddedOdf') ?? object.read('CONTENTS') ?? object.read('Contents');
  const suffix = stored && suffixOf(bufferOf(stored));
  if (wrapped) carry(wrapped.name || name, wrapped.bytes);
  else if (stored && suffix !== undefined) carry(name + suffix, stored);
  else carryNative(object, name, carry, whole);
}

function carryNative(object: Storage, name: string, carry: Carry, whole: Uint8Array | undefined): void {
  if (PICTURES.test(bufferOf(object.read('\x01CompObj') ?? new Uint8Array(0)).toString('latin1'))) return;
  const kind = NATIVE.find(([stream]) => object.streams.includes(stream));
  const bytes = kind && (whole ?? writeCompoundFile(object));
  if (bytes) carry(name + kind[1], bytes);
}

/** The same for the objects that a file of an older office program keeps in folders. */
export function carryObjects(objects: ReadonlyMap<string, Storage> | undefined, { carry }: ParseContext): void {
  if (carry === undefined) return;
  for (const [name, object] of objects ?? []) carryObject(object, name.replace(/^_/, 'object'), carry);
}

/** The same for an object whose bytes stand in a part or a record of their own. */
export function carryObjectBytes(bytes: Uint8Array, name: string, context: ParseContext): void {
  if (context.carry === undefined) return;
  const suffix = suffixOf(bufferOf(bytes));
  const object = suffix === undefined ? compoundOf(bytes, context) : undefined;
  if (suffix !== undefined) context.carry(name + suffix, bytes);
  else if (object) carryObject(object, name, context.carry, bytes);
}

function compoundOf(bytes: Uint8Array, context: ParseContext): Storage | undefined {
  try {
    return openCompoundFile(bytes, context);
  } catch {
    // An object that cannot be opened costs that object.
    return undefined;
  }
}

/** The suffix of a document of a newer kind, by its first bytes and the names in it. */
function suffixOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return '.pdf';
  if (bytes.length < 4 || bytes.readUInt32LE(0) !== 0x04034b50) return undefined;
  const odf = /^mimetypeapplication\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)/.exec(
    bytes.toString('latin1', 30, 100),
  )?.[1];
  if (odf !== undefined) return { text: '.odt', spreadsheet: '.ods', presentation: '.odp' }[odf];
  return (
    [
      ['word/document.xml', '.docx'],
      ['xl/workbook.xml', '.xlsx'],
      ['xl/workbook.bin', '.xlsb'],
      ['ppt/presentation.xml', '.pptx'],
    ].find(([part]) => part !== undefined && bytes.includes(part))?.[1] ?? '.zip'
  );
}

/** A file as the packager wraps it: a mark, its label, where it was, where it goes, its bytes ([MS-OLEDS] 2.3.6 and what Windows writes). */
export function packagedFile(body: Buffer): { name: string; bytes: Uint8Array } | undefined {
  try {
    const zero = (from: number): number => body.indexOf(0, from);
    const labelEnd = zero(2);
    const pathEnd = zero(labelEnd + 1);
    if (body.readUInt16LE(0) !== 2 || labelEnd < 0 || pathEnd < 0) return undefined;
    const temporary = body.readUInt32LE(pathEnd + 5);
    const at = pathEnd + 9 + temporary;
    const size = body.readUInt32LE(at);
    if (size === 0 || at + 4 + size > body.length) return undefined;
    const label = decodeCodePage(body.subarray(2, labelEnd), 1252);
    return { name: label.replace(/^.*[\\/]/s, ''), bytes: body.subarray(at + 4, at + 4 + size) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
