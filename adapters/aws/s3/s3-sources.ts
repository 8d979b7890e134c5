import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { caseOf } from '#core/cases/case-id.ts';
import { SluiceError } from '#core/errors.ts';
import { canonicalJson } from '#core/fingerprint.ts';
import { matchingBelow } from '#core/ignoring.ts';
import { memberSources } from '#core/members/member-sources.ts';
import type { ContentHandle } from '#core/ports/content.ts';
import type { Keys } from '#core/ports/index.ts';
import type { Sources } from '#core/ports/sources.ts';
import { isRecording, recordingOf, TRANSCRIPT_SUFFIXES } from '#core/transcripts.ts';
import type { Config } from '#schemas/config.ts';
import { DEFAULT_SOURCE } from '#schemas/config.ts';
import { sourceOfKey } from '#schemas/inbox.ts';
import { type Head, ObjectFacts, type Observation } from '#schemas/records/head.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import { calling } from '../service-error.ts';
import { describedBy } from './described.ts';
import { keeping, keptContainers } from './kept-members.ts';
import { bytesOf, factsOf, hashOf, headOf, type Place, proveBucket, sidecarOf, tagsOf } from './object-facts.ts';

/** What of the inbox is a document, and of which source. */
export type Inbox = {
  bucket: string;
  /** The name of the source that a key belongs to, whether or not it is read. */
  sourceOf(key: string): string;
  /** Whether a key is a document of a source: its own, no side-car, no folder's mark, and not ignored. */
  owns(source: string, key: string): boolean;
};

export function inboxOf(bucket: string, { sources, intake }: Pick<Config, 'sources' | 'intake'>): Inbox {
  const isIgnored = matchingBelow(intake.ignore);
  return {
    bucket,
    sourceOf: (key) => caseOf(key)?.source ?? sourceOfKey(sources, key)?.source.name ?? DEFAULT_SOURCE.name,
    owns(source, key) {
      const found = sourceOfKey(sources, key);
      const name = found?.source.name ?? DEFAULT_SOURCE.name;
      return name === source && !key.endsWith('/') && !key.endsWith(SIDECAR_SUFFIX) && !isIgnored(key.slice(found?.prefix.length ?? 0));
    },
  };
}

/** The document that a hint about a key is about: a side-car's is the one that it describes. */
export const subjectOf = (key: string): string => (key.endsWith(SIDECAR_SUFFIX) ? key.slice(0, -SIDECAR_SUFFIX.length) : key);

const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** The same version of the same object; `at: 0` says that the outside is not to be trusted. */
const isKnown = (known: Observation | undefined, facts: ObjectFacts): known is Observation =>
  known !== undefined && known.at > 0 && isEqual(known.facts, facts);

/** The transcript beside a recording: the first that is there. */
async function transcriptOf({ bucket, key }: Place, known: Observation['transcript']): Promise<Observation['transcript']> {
  if (!isRecording(key)) return undefined;
  for (const suffix of TRANSCRIPT_SUFFIXES) {
    const place = { bucket, key: key + suffix };
    const head = await headOf(place);
    if (!head) continue;
    const facts = factsOf(head);
    const isSame = known?.suffix === suffix && isEqual(known.facts, facts);
    return { suffix, facts, contentHash: isSame ? known.contentHash : await hashOf(place, head, facts) };
  }
  return undefined;
}

/** Whether what lies there is part of a recording's observation, and no document. */
async function isBeside({ bucket, key }: Place): Promise<boolean> {
  const recording = recordingOf(key);
  return recording !== undefined && (await headOf({ bucket, key: recording })) !== undefined;
}

async function observe(place: Place, now: () => number, known?: Observation): Promise<Observation | undefined> {
  const at = now();
  const head = (await isBeside(place)) ? undefined : await headOf(place);
  if (!head) {
    if (known) await proveBucket(place.bucket);
    return undefined;
  }
  const facts = factsOf(head);
  const [contentHash, tags, beside, transcript] = await Promise.all([
    isKnown(known, facts) ? known.contentHash : hashOf(place, head, facts),
    tagsOf(place, facts),
    sidecarOf(place),
    transcriptOf(place, known?.transcript),
  ]);
  const sidecar = describedBy(head.Metadata ?? {}, tags, beside?.sidecar);
  const around = {
    ...(beside && { sidecarFacts: beside.facts }),
    ...(sidecar !== undefined && { sidecar }),
    ...(transcript && { transcript }),
  };
  const seen = { facts, contentHash, ...around, at };
  return known && isEqual({ ...known, at: 0 }, { ...seen, at: 0 }) && known.at > 0 ? known : seen;
}

/** Lends the bytes as a file of the function's scratch space, which is freed afterwards. */
async function withFile<T>(place: Place, facts: ObjectFacts, contentHash: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-'));
  try {
    const file = path.join(folder, randomUUID());
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(block: Buffer, _encoding, done) {
        hash.update(block);
        done(null, block);
      },
    });
    const bytes = await bytesOf(place, facts);
    await calling(`reading an object of ${place.bucket}`, () => pipeline(bytes, hashing, createWriteStream(file)));
    if (hash.digest('hex') !== contentHash) {
      throw new SluiceError('superseded', `reading an object of ${place.bucket}: its bytes are others than those that were observed`);
    }
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function open({ inbox, work }: Buckets, { nativeId, observation }: Pick<Head, 'nativeId' | 'observation'>): ContentHandle {
  if (!observation) throw new SluiceError('superseded', `reading ${nativeId}: it was removed`);
  const { contentHash } = observation;
  const facts = ObjectFacts.parse(observation.facts);
  const { size, versionId, kept } = facts;
  const place = kept === undefined ? { bucket: inbox, key: nativeId } : { bucket: work, key: kept };
  return {
    name: path.posix.basename(nativeId),
    size,
    contentHash,
    async read(start, end) {
      const last = Math.min(end, size) - 1;
      if (last < start) return new Uint8Array();
      const bytes = await bytesOf(place, facts, `bytes=${start}-${last}`);
      return calling(`reading an object of ${place.bucket}`, () => buffer(bytes));
    },
    withFile: (use) => withFile(place, facts, contentHash, use),
    object: { ...place, ...(versionId !== undefined && { version: versionId }) },
  };
}

/** Where originals lie: objects of the inbox, and files within them that were put aside. */
type Buckets = { inbox: string; work: string };

export type S3SourcesOptions = { inbox: Inbox; work: string; keys: () => Keys; isIgnored: (path: string) => boolean; now: () => number };

/** Objects of the inbox bucket; the native id is the key. What S3 keeps of an object itself counts as its side-car. */
export function s3Sources({ inbox, work, keys, isIgnored, now }: S3SourcesOptions): Sources {
  const sources: Sources = {
    observe: async (source, key, known) => (inbox.owns(source, key) ? observe({ bucket: inbox.bucket, key }, now, known) : undefined),
    uri: (_source, key) => `s3://${inbox.bucket}/${key}`,
    named: (_source, key) => key,
    open: (head) => open({ inbox: inbox.bucket, work }, head),
    keep: keeping(work, now),
  };
  return memberSources({ sources, containers: keptContainers({ bucket: work, keys, sources }), isIgnored, hasSuchNames: true });
}
