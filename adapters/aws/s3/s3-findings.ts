import { gunzipSync, gzipSync } from 'node:zlib';
import type { FindingStage, FindingsCache } from '#core/ports/findings.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { deleteUnder, readObject, writeObject } from './objects.ts';

/** Two requests cost as much as a function's time for looking through this many characters. */
const LEAST = 500_000;

/** Beside the generations of the document's intermediate results: kept from all behind the mask, and gone after as many days. */
const prefixOf = (document: DocumentId): string => `unmasked/${document}/findings/`;
const keyOf = (document: DocumentId, stage: FindingStage): string => `${prefixOf(document)}${stage}`;

/** Findings as zipped objects. They are written at once: what they say of a text is true whichever version is committed. */
export const s3Findings = (bucket: string): FindingsCache => ({
  least: LEAST,
  async of(document, stage) {
    const zipped = await readObject(bucket, keyOf(document, stage));
    return zipped && gunzipSync(zipped).toString();
  },
  put: (document, stage, findings) => writeObject(bucket, keyOf(document, stage), gzipSync(findings), 'application/gzip'),
  forget: (document) => deleteUnder(bucket, prefixOf(document)),
});
