import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { SluiceError } from '#core/errors.ts';
import { parseSidecar, SIDECAR_MAX_BYTES, SIDECAR_TOO_LARGE } from '#core/sidecar.ts';
import { isRecording, TRANSCRIPT_SUFFIXES, type TranscriptSuffix } from '#core/transcripts.ts';
import type { FileFacts, Observation } from '#schemas/records/head.ts';
import { ContentHash } from '#schemas/records/ids.ts';
import { SIDECAR_SUFFIX, type Sidecar } from '#schemas/records/sidecar.ts';

/** A file that changed this short a time before it was looked at may change again within the clock's grain. */
const RACY_MS = 2_000;
const BLOCK = 1024 * 1024;

export const factsOf = (stats: BigIntStats): FileFacts => ({
  size: Number(stats.size),
  mtimeNs: String(stats.mtimeNs),
  ctimeNs: String(stats.ctimeNs),
  inode: String(stats.ino),
});

/** Facts as an observation has them: of a file here, and of an object in a bucket elsewhere. */
export type Facts = Observation['facts'];
type Compared = (Partial<FileFacts> & Pick<FileFacts, 'size'>) | undefined;

export const isSame = (a: Compared, b: Compared): boolean =>
  a?.size === b?.size && a?.mtimeNs === b?.mtimeNs && a?.ctimeNs === b?.ctimeNs && a?.inode === b?.inode;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Codes that say that there is no such file; a side-car's name may be longer than a name can be. */
const ABSENT = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'];

function statsAt(file: string): BigIntStats | undefined {
  try {
    return lstatSync(file, { bigint: true });
  } catch (error) {
    if (ABSENT.includes(codeOf(error))) return undefined;
    throw new SluiceError('source-unavailable', `looking at ${file}: ${codeOf(error) || error}`, { cause: error });
  }
}

/** A regular file's facts; undefined when there is none. Links are not followed: they may lead out of the folder. */
export function factsAt(file: string): FileFacts | undefined {
  const stats = statsAt(file);
  return stats?.isFile() ? factsOf(stats) : undefined;
}

/** The facts of whatever bears the side-car's name: a link there is not the same as none, since it may mean to restrict. */
export function sidecarFactsAt(file: string): FileFacts | undefined {
  const stats = statsAt(`${file}${SIDECAR_SUFFIX}`);
  return stats && factsOf(stats);
}

/** The transcript beside a recording, as far as its outside tells. */
export function transcriptAt(file: string): { suffix: TranscriptSuffix; facts: FileFacts } | undefined {
  if (!isRecording(file)) return undefined;
  for (const suffix of TRANSCRIPT_SUFFIXES) {
    const facts = factsAt(file + suffix);
    if (facts) return { suffix, facts };
  }
  return undefined;
}

/** Opened without following a link and without waiting for a pipe's other end, whatever took the file's place. */
const openPlain = (file: string): number => openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);

/** SHA-256 of a file that stays the same while it is read; throws `growing` when it does not. */
function hashOf(file: string, facts: FileFacts): ContentHash {
  const handle = openPlain(file);
  try {
    const hash = createHash('sha256');
    const block = Buffer.allocUnsafe(Math.min(BLOCK, facts.size + 1));
    for (let read = readSync(handle, block); read > 0; read = readSync(handle, block)) hash.update(block.subarray(0, read));
    if (!isSame(factsOf(fstatSync(handle, { bigint: true })), facts)) {
      throw new SluiceError('growing', `reading ${file}: it is being written`, { retryAfterMs: 100 });
    }
    return ContentHash.parse(hash.digest('hex'));
  } finally {
    closeSync(handle);
  }
}

function readSidecar(file: string, facts: FileFacts): Sidecar | string {
  if (!factsAt(file)) return 'not a regular file';
  if (facts.size > SIDECAR_MAX_BYTES) return SIDECAR_TOO_LARGE;
  const handle = openPlain(file);
  let text: string;
  try {
    text = readFileSync(handle, 'utf8');
    if (!isSame(factsOf(fstatSync(handle, { bigint: true })), facts)) {
      throw new SluiceError('growing', `reading ${file}: it is being written`, { retryAfterMs: 100 });
    }
  } finally {
    closeSync(handle);
  }
  return parseSidecar(text);
}

export type KnownOutside = Pick<Observation, 'facts' | 'contentHash' | 'at'> & {
  sidecarFacts?: Facts | undefined;
  transcript?: { suffix: string; facts: Facts } | undefined;
};

/** Whether the outside alone proves that a file and what stands beside it are as observed. */
export function isUnchangedOutside(
  known: KnownOutside,
  facts: FileFacts,
  sidecarFacts: FileFacts | undefined,
  transcript: ReturnType<typeof transcriptAt>,
): boolean {
  const settledBefore = BigInt(known.at - RACY_MS) * 1_000_000n;
  // Both times: an mtime can be set back within the grain of the clock in which the bytes changed again.
  const isSettled = (of: FileFacts | undefined): boolean =>
    of === undefined || (BigInt(of.mtimeNs) < settledBefore && BigInt(of.ctimeNs) < settledBefore);
  const isSameTranscript = known.transcript?.suffix === transcript?.suffix && isSame(known.transcript?.facts, transcript?.facts);
  const isSameOutside = isSame(known.facts, facts) && isSame(known.sidecarFacts, sidecarFacts) && isSameTranscript;
  return isSameOutside && isSettled(facts) && isSettled(sidecarFacts) && isSettled(transcript?.facts);
}

/**
 * Observes one file as it is now; undefined when it is not there. Reads its bytes unless `known` proves them the same.
 * Throws `growing` when it was written to within `quietMs`, or while it was read.
 */
export function observeFile(file: string, now: () => number, quietMs: number, known?: Observation): Observation | undefined {
  const facts = factsAt(file);
  if (!facts) return undefined;
  const sidecarFacts = sidecarFactsAt(file);
  const written = transcriptAt(file);
  if (known && isUnchangedOutside(known, facts, sidecarFacts, written)) return known;
  const at = now();
  const age = at - Number(BigInt(facts.mtimeNs) / 1_000_000n);
  if (age >= 0 && age < quietMs)
    throw new SluiceError('growing', `reading ${file}: it was written ${age} ms ago`, { retryAfterMs: quietMs - age });
  try {
    const contentHash = hashOf(file, facts);
    const sidecar = sidecarFacts && readSidecar(`${file}${SIDECAR_SUFFIX}`, sidecarFacts);
    const transcript = written && { ...written, contentHash: hashOf(file + written.suffix, written.facts) };
    const beside = { ...(sidecarFacts && { sidecarFacts }), ...(sidecar !== undefined && { sidecar }), ...(transcript && { transcript }) };
    return { facts, contentHash, ...beside, at };
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    // Gone, or something else took its place: a link, a pipe, a folder.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EISDIR'].includes(codeOf(error)))
      throw new SluiceError('growing', `reading ${file}: it went while it was read`, { cause: error, retryAfterMs: 100 });
    throw new SluiceError('source-unavailable', `reading ${file}: ${codeOf(error) || error}`, { cause: error });
  }
}
