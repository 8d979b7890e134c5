import { SluiceError } from '#core/errors.ts';
import type { Storage } from '../compound-file.ts';
import type { ParseContext } from '../index.ts';
import { type Atom, atomAt, atomsIn, Type } from './records.ts';

export type PptFile = {
  document: Atom;
  /** A slide or notes page by the number under which the document names it. */
  persisted(id: number): Atom | undefined;
};

const ENCRYPTED_TOKEN = 0xf3d1c4df;
/** As many times as anybody saves a file without rewriting it. */
const MAX_EDITS = 10_000;
const MAX_OBJECTS = 1_000_000;

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The presentation as last saved: each saving adds to the file what changed, and a directory of it. */
export function openPpt(storage: Storage, { name }: ParseContext): PptFile {
  const found = storage.read('PowerPoint Document');
  if (found === undefined) throw new SluiceError('corrupt', `reading ${name}: the presentation is not in the file`);
  const stream = bufferOf(found);
  const user = bufferOf(storage.read('Current User') ?? new Uint8Array(0));
  const encrypted = () => new SluiceError('encrypted', `reading ${name}: it is protected by a password`);
  if (user.length >= 20 && user.readUInt32LE(12) === ENCRYPTED_TOKEN) throw encrypted();
  const places = new Map<number, number>();
  let documentId: number | undefined;
  let at = user.length >= 20 ? user.readUInt32LE(16) : 0;
  for (let edits = 0; at > 0 && edits < MAX_EDITS; edits++) {
    const edit = atomAt(stream, at);
    if (edit?.type !== Type.UserEdit || edit.data.length < 20) break;
    if (edit.data.length >= 32 && edit.data.readUInt32LE(28) !== 0) throw encrypted();
    readDirectory(atomAt(stream, edit.data.readUInt32LE(12)), places);
    documentId ??= edit.data.readUInt32LE(16);
    const before = edit.data.readUInt32LE(8);
    if (before >= at) break;
    at = before;
  }
  const persisted = (id: number): Atom | undefined => {
    const place = places.get(id);
    return place === undefined ? undefined : atomAt(stream, place);
  };
  const named = documentId === undefined ? undefined : persisted(documentId);
  const document = named?.type === Type.Document ? named : [...atomsIn(stream)].findLast((atom) => atom.type === Type.Document);
  if (document === undefined) throw new SluiceError('corrupt', `reading ${name}: the presentation holds no document`);
  return { document, persisted };
}

/** Runs of numbers that follow each other, with the place of each object; what a later saving wrote is known already. */
function readDirectory(directory: Atom | undefined, places: Map<number, number>): void {
  if (directory?.type !== Type.PersistDirectory) return;
  const { data } = directory;
  for (let at = 0; at + 4 <= data.length && places.size < MAX_OBJECTS; ) {
    const head = data.readUInt32LE(at);
    const first = head & 0xfffff;
    const count = head >>> 20;
    at += 4;
    for (let i = 0; i < count && at + 4 <= data.length; i++, at += 4) {
      if (!places.has(first + i)) places.set(first + i, data.readUInt32LE(at));
    }
  }
}
