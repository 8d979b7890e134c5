import { ascii, type RangedFile, viewOf } from './reader.ts';

/** Enough for the end record with the longest comment. */
const TAIL = 22 + 0xffff;
/** Some 15,000 entries; the parts that tell a format stand among them. */
const DIRECTORY_CAP = 1024 * 1024;

export type ZipFacts =
  | { state: 'truncated' }
  | { state: 'complete'; names: ReadonlySet<string>; encrypted: boolean; mimetype: string | undefined; entries: number };

type Directory = { at: number; size: number; entries: number };

/** What a zip archive's central directory says, without inflating anything. */
export async function readZipFacts(file: RangedFile, head: Uint8Array): Promise<ZipFacts> {
  const directory = await findDirectory(file);
  if (directory === undefined) return { state: 'truncated' };
  const bytes = await file.read(directory.at, Math.min(directory.at + Math.min(directory.size, DIRECTORY_CAP), file.size));
  const names = new Set<string>();
  let encrypted = false;
  const view = viewOf(bytes);
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50; ) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    names.add(ascii(bytes, at + 46, nameEnd));
    encrypted ||= (view.getUint16(at + 8, true) & 1) === 1;
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { state: 'complete', names, encrypted, mimetype: storedMimetype(head), entries: directory.entries };
}

async function findDirectory(file: RangedFile): Promise<Directory | undefined> {
  const tailAt = Math.max(0, file.size - TAIL);
  const tail = await file.read(tailAt, file.size);
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== 0x06054b50) continue;
    const size = view.getUint32(at + 12, true);
    const offset = view.getUint32(at + 16, true);
    if (offset === 0xffffffff || size === 0xffffffff) return zip64Directory(file, view, at);
    // Counted back from the end record, so that bytes put before the archive do not matter.
    const directoryAt = tailAt + at - size;
    return directoryAt < 0 ? undefined : { at: directoryAt, size, entries: view.getUint16(at + 10, true) };
  }
  return undefined;
}

async function zip64Directory(file: RangedFile, tail: DataView, endAt: number): Promise<Directory | undefined> {
  const locatorAt = endAt - 20;
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== 0x07064b50) return undefined;
  const recordAt = Number(tail.getBigUint64(locatorAt + 8, true));
  if (recordAt + 56 > file.size) return undefined;
  const record = viewOf(await file.read(recordAt, recordAt + 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== 0x06064b50) return undefined;
  const at = Number(record.getBigUint64(48, true));
  return at > file.size ? undefined : { at, size: Number(record.getBigUint64(40, true)), entries: Number(record.getBigUint64(32, true)) };
}

/** The content of a first entry `mimetype`, stored as it is: how EPUB and OpenDocument name themselves. */
function storedMimetype(head: Uint8Array): string | undefined {
  if (head.length < 38 || ascii(head, 30, 38) !== 'mimetype') return undefined;
  const view = viewOf(head);
  const start = 30 + view.getUint16(26, true) + view.getUint16(28, true);
  // A writer that streams leaves the size 0; the next record's signature ends the text then.
  const text = ascii(head, start, start + (view.getUint32(18, true) || 80));
  return /^[\w.+/-]+/.exec(text)?.[0].replace(/PK$/, '');
}
