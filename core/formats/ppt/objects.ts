import { inflateSync } from 'node:zlib';
import { carryObjectBytes } from '../embedded/objects.ts';
import type { ParseContext } from '../index.ts';
import type { PptFile } from './file.ts';
import { atomsWithin, Type } from './records.ts';

const COMPRESSED = 1;
/** An honest presentation has fewer. */
const MAX_OBJECTS = 500;

/** Hands on the objects of other programs in a presentation ([MS-PPT] 2.10.34). */
export function carryOleObjects(file: PptFile, context: ParseContext): void {
  if (context.carry === undefined) return;
  const places = [...atomsWithin(file.document.data, Type.OleObject)].flatMap(({ data }) =>
    data.length >= 20 ? [data.readUInt32LE(16)] : [],
  );
  let budget = context.limits.maxInflatedBytes;
  for (const [index, place] of [...new Set(places)].slice(0, MAX_OBJECTS).entries()) {
    const atom = file.persisted(place);
    if (atom?.type !== Type.OleStorage || budget <= 0) continue;
    const bytes = atom.instance === COMPRESSED ? inflated(atom.data.subarray(4), budget) : atom.data;
    budget -= bytes.length;
    carryObjectBytes(bytes, `object${index + 1}`, context);
  }
}

function inflated(body: Buffer, maxOutputLength: number): Uint8Array {
  try {
    return inflateSync(body, { maxOutputLength });
  } catch {
    // One that is broken, or larger than all of them may be, costs that object.
    return new Uint8Array(0);
  }
}
