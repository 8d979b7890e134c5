import { z } from 'zod';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Sliceable } from '../joined-text.ts';
import type { Keys } from '../ports/index.ts';
import type { Trace, Traces } from '../ports/traces.ts';
import { shinglesOf } from './shingles.ts';
import { bandHash, bandingFor, type Signature, signatureOf, similarity } from './signature.ts';

/** Of a hundred words all but about three are the same: a copy that somebody changed, and no second report on one event. */
const ALIKE = 0.85;
const { bands, rows } = bandingFor(ALIKE);
/** Shorter texts are alike by chance: a receipt, a cover sheet. */
const SHORTEST = 24;
/** Other documents that are compared at the most. */
const COMPARED = 500;

/** A near-copy, since when (ms) its text is known, and whether it was let pass in sight of a flood. */
export type Copy = { document: DocumentId; similarity: number; since: number; inFlood: boolean };

const Note = z.object({ since: z.number(), inFlood: z.boolean().exactOptional(), signature: z.string() });

const noteOf = (since: number, inFlood: boolean, signature: Signature): string =>
  JSON.stringify({
    since,
    ...(inFlood && { inFlood }),
    signature: Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength).toString('base64'),
  });

function readNote(note: string): { since: number; inFlood: boolean; signature: Signature } {
  const { since, inFlood = false, signature } = Note.parse(JSON.parse(note));
  const bytes = Uint8Array.from(Buffer.from(signature, 'base64'));
  return { since, inFlood, signature: new Uint16Array(bytes.buffer) };
}

/** Under the store key: what is stored tells nobody whether a text they have is among them. */
const seedOf = (keys: Keys): number => Number.parseInt(keys.hash('copy', '').slice(0, 8), 16);

/** What a text leaves by which its copies are found; undefined: it is too short to have any. */
export function copyTrace(keys: Keys, text: Sliceable, since: number): Trace | undefined {
  const signature = signatureOf(shinglesOf(text, seedOf(keys)), SHORTEST);
  if (!signature) return undefined;
  const bandKeys = Array.from({ length: bands }, (_, band) => `${band}:${bandHash(signature, band, rows).toString(16)}`);
  return { keys: bandKeys, note: noteOf(since, false, signature) };
}

/** The same trace, of a document that was seen as one of a flood. */
export function asInFlood({ keys, note }: Trace): Trace {
  const { since, signature } = readNote(note);
  return { keys, note: noteOf(since, true, signature) };
}

/** Documents of which the text is nearly the one that left this trace, the most similar first. */
export async function copiesOf(document: DocumentId, trace: Trace | undefined, traces: Pick<Traces, 'sharing'>): Promise<Copy[]> {
  if (!trace) return [];
  const { signature } = readNote(trace.note);
  const others = [...(await traces.sharing('copy', trace.keys, COMPARED))].filter(([other]) => other !== document);
  return others
    .map(([other, note]) => {
      const known = readNote(note);
      return { document: other, similarity: similarity(signature, known.signature), since: known.since, inFlood: known.inFlood };
    })
    .filter((copy) => copy.similarity >= ALIKE)
    .sort((a, b) => b.similarity - a.similarity || (a.document < b.document ? -1 : 1));
}

/** Since when a document's text is known: a text that is nearly as it was is no new one. */
export function sinceOf(before: Trace | undefined, now: Trace, at: number): number {
  if (!before) return at;
  const known = readNote(before.note);
  return similarity(known.signature, readNote(now.note).signature) >= ALIKE ? known.since : at;
}
