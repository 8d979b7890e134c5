import type { Head, Observation } from '#schemas/records/head.ts';
import { canonicalJson } from './fingerprint.ts';
import { wordsOfSidecar } from './sidecar-words.ts';

/**
 * What an observation means for a document. `content`: run the pipeline. `metadata`: only what its owner says of it, or
 * who may read it, is other. `outside`: other time stamps, the same bytes. `none`: as known.
 */
export type Change = 'none' | 'outside' | 'content' | 'metadata' | 'removal';

/** Whether the head's generation ended because its bytes were not there to read, so that even the same ones have to be run again. */
export const isAbandoned = (head: Head | undefined): boolean => head?.state === 'processing' && head.problem?.code === 'superseded';

/** Whether what is served is its newest state: only then can it take new metadata on the spot. */
export const isSettled = (head: Head | undefined): boolean => head?.state === 'indexed' && head.committed?.generation === head.generation;

const wordsOf = (observation: Observation): string => canonicalJson(wordsOfSidecar(observation));

/** Compares a document's head with what its source shows now (undefined: it is not there). */
export function changeOf(head: Head | undefined, seen: Observation | undefined): Change {
  const known = head?.observation ?? undefined;
  if (!seen) return known ? 'removal' : 'none';
  if (!known || seen.contentHash !== known.contentHash || isAbandoned(head) || head?.state === 'failed') return 'content';
  if (seen.transcript?.contentHash !== known.transcript?.contentHash) return 'content';
  if (canonicalJson(seen.sidecar) !== canonicalJson(known.sidecar)) {
    // One in flight is run again with them.
    const isReadable = typeof seen.sidecar !== 'string' && wordsOf(seen) === wordsOf(known);
    return isSettled(head) && isReadable ? 'metadata' : 'content';
  }
  const outside = ({ facts, sidecarFacts, transcript }: Observation): string => canonicalJson([facts, sidecarFacts, transcript]);
  return outside(seen) === outside(known) ? 'none' : 'outside';
}
