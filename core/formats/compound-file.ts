import { SluiceError } from '../errors.ts';
import type { ParseContext } from './index.ts';

/** A folder of an OLE2 compound file ([MS-CFB]): what doc, xls, ppt and msg files are inside. Names as written. */
export type Storage = {
  readonly storages: ReadonlyMap<string, Storage>;
  /** Bytes of a stream of this folder, as far as the file has them; undefined: not there. */
  read(name: string): Uint8Array | undefined;
  readonly streams: readonly string[];
};

const HEADER = 512;
const ENTRY = 128;
const MINI_SECTOR = 64;
/** Sector numbers from here on are marks: no sector, end of chain. */
const FIRST_MARK = 0xfffffffa;
const NONE = 0xffffffff;

type Entry = { name: string; type: number; left: number; right: number; child: number; start: number; size: number };

const isMagic = (bytes: Uint8Array): boolean => [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].every((byte, i) => bytes[i] === byte);

/** The root folder. Throws `corrupt` for bytes that are no compound file, `archive-bomb` where streams share sectors without bound. */
export function openCompoundFile(bytes: Uint8Array, { name, limits }: ParseContext): Storage {
  if (bytes.length < HEADER || !isMagic(bytes)) throw new SluiceError('corrupt', `reading ${name}: not an OLE2 compound file`);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = file.readUInt16LE(30) === 12 ? 12 : 9;
  const sectorSize = 2 ** shift;
  const sectors = Math.ceil(file.length / sectorSize);
  let budget = limits.maxInflatedBytes;

  const sector = (index: number): Buffer => file.subarray((index + 1) * sectorSize, (index + 2) * sectorSize);

  /** No chain is longer than the file; one that loops ends there. */
  function chain(start: number, next: Uint32Array, most: number): number[] {
    const found: number[] = [];
    for (let at = start; at < FIRST_MARK && found.length < most; at = next[at] ?? NONE) found.push(at);
    return found;
  }

  const fat = readTable(fatSectors(file, sectors, sector), sector, sectorSize);
  const sectorsOf = (start: number, most = sectors): Buffer => Buffer.concat(chain(start, fat, most).map(sector));
  const directory = entriesOf(sectorsOf(file.readUInt32LE(48)), limits.maxEntries);
  const root = directory[0];
  if (root === undefined) throw new SluiceError('corrupt', `reading ${name}: its directory cannot be read`);
  const miniFat = words(sectorsOf(file.readUInt32LE(60)));
  const miniStream = sectorsOf(root.start);
  const cutoff = file.readUInt32LE(56);

  function stream({ start, size }: Entry): Uint8Array {
    const wanted = Math.min(size, file.length);
    budget -= wanted;
    if (budget < 0) throw new SluiceError('archive-bomb', `reading ${name}: streams of more than ${limits.maxInflatedBytes} bytes`);
    if (size >= cutoff) return sectorsOf(start, Math.ceil(wanted / sectorSize)).subarray(0, wanted);
    const parts = chain(start, miniFat, Math.ceil(wanted / MINI_SECTOR));
    return Buffer.concat(parts.map((at) => miniStream.subarray(at * MINI_SECTOR, (at + 1) * MINI_SECTOR))).subarray(0, wanted);
  }

  const seen = new Set<number>([0]);
  function storageOf(first: number, depth: number): Storage {
    if (depth > limits.maxDepth) throw new SluiceError('too-complex', `reading ${name}: folders nested more than ${limits.maxDepth} deep`);
    const storages = new Map<string, Storage>();
    const streams = new Map<string, Entry>();
    for (const entry of siblings(directory, first, seen)) {
      if (entry.type === 2) streams.set(entry.name, entry);
      else if (entry.type === 1) storages.set(entry.name, storageOf(entry.child, depth + 1));
    }
    return {
      storages,
      streams: [...streams.keys()],
      read(wanted) {
        const entry = streams.get(wanted);
        return entry === undefined ? undefined : stream(entry);
      },
    };
  }
  return storageOf(root.child, 1);
}

/** The header lists the first 109 sectors of the allocation table, further ones stand in a chain of their own. */
function fatSectors(file: Buffer, sectors: number, sector: (index: number) => Buffer): number[] {
  const found: number[] = [];
  for (let at = 76; at < HEADER; at += 4) found.push(file.readUInt32LE(at));
  let next = file.readUInt32LE(68);
  for (let read = 0; next < FIRST_MARK && read < sectors; read++) {
    const list = words(sector(next));
    found.push(...list.subarray(0, -1));
    next = list.at(-1) ?? NONE;
  }
  return found.filter((index) => index < Math.min(sectors, FIRST_MARK)).slice(0, sectors);
}

function readTable(list: readonly number[], sector: (index: number) => Buffer, sectorSize: number): Uint32Array {
  const table = new Uint32Array((list.length * sectorSize) / 4).fill(NONE);
  list.forEach((index, i) => {
    table.set(words(sector(index)), (i * sectorSize) / 4);
  });
  return table;
}

function words(bytes: Buffer): Uint32Array {
  const found = new Uint32Array(bytes.length >>> 2);
  for (let i = 0; i < found.length; i++) found[i] = bytes.readUInt32LE(i * 4);
  return found;
}

function entriesOf(bytes: Buffer, most: number): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY <= bytes.length && entries.length < most; at += ENTRY) {
    const length = Math.max(0, Math.min(64, bytes.readUInt16LE(at + 64)) - 2);
    entries.push({
      name: bytes.toString('utf16le', at, at + (length & ~1)),
      type: bytes.readUInt8(at + 66),
      left: bytes.readUInt32LE(at + 68),
      right: bytes.readUInt32LE(at + 72),
      child: bytes.readUInt32LE(at + 76),
      start: bytes.readUInt32LE(at + 116),
      size: bytes.readUInt32LE(at + 120),
    });
  }
  return entries;
}

/** The entries of one folder hang in a tree; `seen` keeps a broken one from going in circles. */
function siblings(directory: readonly Entry[], first: number, seen: Set<number>): Entry[] {
  const found: Entry[] = [];
  const open = [first];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entry = directory[at];
    if (entry === undefined || seen.has(at)) continue;
    seen.add(at);
    found.push(entry);
    open.push(entry.left, entry.right);
  }
  return found;
}
