import { inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, getFileNameLowLevel, validateFileName, type ZipFile } from 'yauzl';
import { SluiceError } from '#core/errors.ts';
import type { ParseContext } from './index.ts';

/** Below this an entry may be as compressible as it likes; a page of blanks is no bomb. */
const FREE_BYTES = 64 * 1024 * 1024;
/** Above it, deflate's ceiling of about 1,030 to 1 is far off: office XML rarely passes 60 to 1. */
const MAX_RATIO = 200;

const STORED = 0;
const DEFLATED = 8;

/** A zip held in memory. Nothing is inflated before it is asked for by name. */
export type Zip = {
  /** Paths of the files (no folders) in the archive's order, with `/` between segments; never absolute, never `..`. */
  readonly names: readonly string[];
  /** How many entries were left out because their name leads out of the archive. */
  readonly unsafeNames: number;
  /** How many entries were left out because one before them has their name. */
  readonly repeatedNames: number;
  /** Whether the archive itself says that this entry, or with no name any entry, is encrypted. */
  isEncrypted(name?: string): boolean;
  /** The entry's exact name, found without regard to case as part names are compared in OPC; undefined: not there. */
  find(name: string): string | undefined;
  /** The entry's bytes; undefined: not there. Throws `encrypted`, `archive-bomb`, `corrupt`, `unsupported-format`. */
  read(name: string): Promise<Uint8Array | undefined>;
};

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** A relative reference in an entry, as the path of another entry; one that climbs out of the archive ends at its root. */
export function resolvePath(from: string, reference: string): string {
  const segments: string[] = [];
  for (const segment of (reference.startsWith('/') ? reference : folderOf(from) + reference).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const path = segments.join('/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const isOle2 = (bytes: Uint8Array): boolean => [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte);

/** Why bytes that ought to be a zip are none; the codes are what a person can act on. */
function notAZip(bytes: Uint8Array, name: string, cause: unknown): SluiceError {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 0) return new SluiceError('empty', `reading ${name}: the file has no bytes`);
  if (isOle2(bytes)) {
    return buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))
      ? new SluiceError('encrypted', `reading ${name}: protected with a password`)
      : new SluiceError('type-mismatch', `reading ${name}: an OLE2 container of the older Office formats, not a zip`);
  }
  const why = (cause instanceof Error ? cause.message : String(cause)).replace(/\. .*/s, '');
  if (/strong encryption/.test(why)) return new SluiceError('encrypted', `reading ${name}: strong zip encryption`, { cause });
  if (buffer.length < 4 || buffer.readUInt16LE(0) !== 0x4b50)
    return new SluiceError('corrupt', `reading ${name}: not a zip archive`, { cause });
  if (/signature not found|overflows|EOF/i.test(why)) {
    return new SluiceError('truncated', `reading ${name}: the zip archive's directory is cut off`, { cause });
  }
  return new SluiceError('corrupt', `reading ${name}: broken zip archive (${why})`, { cause });
}

type Directory = { entries: Map<string, Entry>; unsafeNames: number; repeatedNames: number };

async function readDirectory(zip: ZipFile, maxEntries: number, name: string): Promise<Directory> {
  const tooMany = (count: number) => new SluiceError('archive-bomb', `reading ${name}: ${count} entries, more than ${maxEntries}`);
  if (zip.entryCount > maxEntries) throw tooMany(zip.entryCount);
  const entries = new Map<string, Entry>();
  let [unsafeNames, repeatedNames] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    if (validateFileName(path) !== null || path.includes('\0')) unsafeNames += 1;
    else if (entries.has(path)) repeatedNames += 1;
    else if (!path.endsWith('/')) entries.set(path, entry);
  }
  return { entries, unsafeNames, repeatedNames };
}

const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 5, 6]);
const END_LENGTH = 22;

/** A zip without what stands after its end record: bytes that a transfer appended, or half a comment. */
function withoutTail(buffer: Buffer): Buffer | undefined {
  const end = buffer.lastIndexOf(END_OF_DIRECTORY);
  if (end < 0 || end + END_LENGTH > buffer.length) return undefined;
  const trimmed = Buffer.from(buffer.subarray(0, end + END_LENGTH));
  trimmed.writeUInt16LE(0, end + END_LENGTH - 2);
  return trimmed;
}

type Opened = Directory & { buffer: Buffer; file: ZipFile };

async function openBuffer(buffer: Buffer, maxEntries: number, name: string): Promise<Opened> {
  // Sizes are checked while inflating; yauzl would check them in its streams, which are not used.
  const options = { lazyEntries: true, decodeStrings: false, autoClose: false, validateEntrySizes: false };
  const file = await fromBufferPromise(buffer, options);
  return { buffer, file, ...(await readDirectory(file, maxEntries, name)) };
}

async function openTolerantly(bytes: Uint8Array, { name, limits }: ParseContext): Promise<Opened> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await openBuffer(buffer, limits.maxEntries, name);
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    const trimmed = error instanceof Error && /comment length/i.test(error.message) ? withoutTail(buffer) : undefined;
    if (trimmed === undefined) throw notAZip(bytes, name, error);
    return openBuffer(trimmed, limits.maxEntries, name).catch((again: unknown) => {
      throw again instanceof SluiceError ? again : notAZip(bytes, name, again);
    });
  }
}

/** Reads the directory of a zip. Throws `empty`, `encrypted`, `type-mismatch`, `truncated`, `corrupt` or `archive-bomb`. */
export async function openZip(bytes: Uint8Array, context: ParseContext): Promise<Zip> {
  const { name, limits } = context;
  const { buffer, file, entries, unsafeNames, repeatedNames } = await openTolerantly(bytes, context);
  const byFoldedName = new Map([...entries.keys()].reverse().map((path) => [path.toLowerCase(), path]));
  let inflated = 0;

  const find = (path: string) => (entries.has(path) ? path : byFoldedName.get(path.toLowerCase()));

  async function read(path: string): Promise<Uint8Array | undefined> {
    const found = find(path);
    const entry = found === undefined ? undefined : entries.get(found);
    if (entry === undefined) return undefined;
    if (entry.isEncrypted()) throw new SluiceError('encrypted', `reading ${name}: its entries are encrypted`);
    const body = await inflate(file, buffer, entry, limits.maxInflatedBytes - inflated, name);
    inflated += body.length;
    return body;
  }

  return {
    names: [...entries.keys()],
    unsafeNames,
    repeatedNames,
    isEncrypted: (path) =>
      path === undefined ? entries.values().some((e) => e.isEncrypted()) : (entries.get(find(path) ?? '')?.isEncrypted() ?? false),
    find,
    read,
  };
}

/** The sizes that the directory claims are not believed: what comes out is counted while it comes out. */
async function inflate(file: ZipFile, buffer: Buffer, entry: Entry, budget: number, name: string): Promise<Uint8Array> {
  const { fileDataStart } = await file.readLocalFileHeaderPromise(entry, { minimal: true }).catch((cause: unknown) => {
    throw new SluiceError('corrupt', `reading ${name}: an entry lies outside of the archive`, { cause });
  });
  const packed = buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize);
  const most = Math.min(budget, Math.max(FREE_BYTES, packed.length * MAX_RATIO));
  const bomb = () =>
    new SluiceError('archive-bomb', `reading ${name}: an entry of ${packed.length} bytes inflates to more than ${Math.max(0, most)}`);
  if (most <= 0 || (entry.compressionMethod === STORED && packed.length > most)) throw bomb();
  if (entry.compressionMethod === STORED) return packed;
  if (entry.compressionMethod !== DEFLATED) {
    throw new SluiceError('unsupported-format', `reading ${name}: zip compression method ${entry.compressionMethod}`);
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: most, chunkSize: Math.min(1 << 20, Math.max(1 << 14, entry.uncompressedSize + 64)) });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw bomb();
    throw new SluiceError('corrupt', `reading ${name}: an entry does not inflate`, { cause });
  }
}
