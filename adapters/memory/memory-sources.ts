import { createHash } from 'node:crypto';
import { SluiceError } from '#core/errors.ts';
import { openContainer } from '#core/formats/containers/open.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import { pdfPicture } from '#core/formats/pdf/picture.ts';
import { sourcesWithMembers } from '#core/members/sources-with-members.ts';
import type { Parsable, Parsers } from '#core/ports/parsers.ts';
import type { Sources } from '#core/ports/sources.ts';
import { parseSidecar } from '#core/sidecar.ts';
import { isRecording, recordingOf, TRANSCRIPT_SUFFIXES } from '#core/transcripts.ts';
import type { FileFacts, Observation } from '#schemas/records/head.ts';
import { ContentHash } from '#schemas/records/ids.ts';
import { SIDECAR_SUFFIX, type Sidecar } from '#schemas/records/sidecar.ts';

/** Bytes by path. Other bytes are another array: one that is there twice is the same file, never written to. */
export type Files = Map<string, Uint8Array>;

const hashOf = (bytes: Uint8Array): ContentHash => ContentHash.parse(createHash('sha256').update(bytes).digest('hex'));

const inodes = new WeakMap<Uint8Array, number>();
let lastInode = 0;

/** An array's identity stands for what a disk knows of a file. */
function factsOf(bytes: Uint8Array): FileFacts {
  let inode = inodes.get(bytes);
  if (inode === undefined) {
    lastInode += 1;
    inode = lastInode;
    inodes.set(bytes, inode);
  }
  return { size: bytes.length, mtimeNs: '0', ctimeNs: '0', inode: String(inode) };
}

const readSidecar = (bytes: Uint8Array): Sidecar | string => parseSidecar(new TextDecoder().decode(bytes));

function transcriptBeside(files: Files, path: string): Pick<Observation, 'transcript'> {
  if (!isRecording(path)) return {};
  for (const suffix of TRANSCRIPT_SUFFIXES) {
    const bytes = files.get(path + suffix);
    if (bytes) return { transcript: { suffix, facts: factsOf(bytes), contentHash: hashOf(bytes) } };
  }
  return {};
}

/** The bytes at a path, as long as they are those that were observed. */
function observed(files: Files, path: string, contentHash: string): Uint8Array {
  const bytes = files.get(path);
  if (!bytes || hashOf(bytes) !== contentHash)
    throw new SluiceError('superseded', `reading ${path}: its bytes changed after it was observed`);
  return bytes;
}

export type MemorySourcesOptions = {
  files: Files;
  now: () => number;
  /** False: whether a file is there cannot be told. */
  isReachable?: () => boolean;
};

/** Files of a map; the native id is the path, and a side-car stands beside its file. */
export const memorySources = ({ files, now, isReachable = () => true }: MemorySourcesOptions): Sources => ({
  async observe(_source, path) {
    if (!isReachable()) throw new SluiceError('source-unavailable', `looking for ${path}: the source is out of reach`);
    const bytes = files.get(path);
    const recording = recordingOf(path);
    if (!bytes || (recording !== undefined && files.has(recording))) return undefined;
    const sidecar = files.get(`${path}${SIDECAR_SUFFIX}`);
    return {
      facts: factsOf(bytes),
      contentHash: hashOf(bytes),
      ...(sidecar && { sidecarFacts: factsOf(sidecar), sidecar: readSidecar(sidecar) }),
      ...transcriptBeside(files, path),
      at: now(),
    };
  },
  uri: (_source, path) => `memory://${path}`,
  named: (_source, path) => path,
  open({ nativeId, observation }) {
    if (!observation) throw new SluiceError('superseded', `reading ${nativeId}: it was removed`);
    const { contentHash, facts } = observation;
    return {
      name: nativeId.slice(nativeId.lastIndexOf('/') + 1),
      size: facts.size,
      contentHash,
      withFile: (use) => use(nativeId),
      read: async (start, end) => observed(files, nativeId, contentHash).slice(start, end),
    };
  },
});

/** Parses in this process: for trusted files only, since a parser that hangs hangs everything. */
export const memoryParsers = ({ files, limits = DEFAULT_PARSE_LIMITS }: { files: Files; limits?: ParseLimits }): Parsers => {
  const bytesOf = async (content: Parsable): Promise<Uint8Array> => {
    if ('bytes' in content) return content.bytes;
    return content.withFile(async (path) => {
      if (content.contentHash !== undefined) return observed(files, path, content.contentHash);
      const bytes = files.get(path);
      if (!bytes) throw new SluiceError('not-found', `reading ${content.name}: no such file`);
      return bytes;
    });
  };
  return {
    parse: async (content, options) => parseDocument(await bytesOf(content), content.name, limits, options),
    picture: async (content, page) => pdfPicture(await bytesOf(content), content.name, page),
    member: async (content, path) => (await openContainer(await bytesOf(content), content.name, limits)).read(path),
  };
};

/** Files of a map, and the files within them. */
export function memorySourcesWithMembers(options: MemorySourcesOptions & { isIgnored?: (path: string) => boolean }): Sources {
  const { files, isIgnored = () => false } = options;
  let lent = 0;
  return sourcesWithMembers({
    sources: memorySources(options),
    parsers: memoryParsers({ files }),
    isIgnored,
    async lend(bytes, use) {
      lent += 1;
      const path = `lent ${lent}`;
      files.set(path, bytes);
      try {
        return await use(path);
      } finally {
        files.delete(path);
      }
    },
  });
}
