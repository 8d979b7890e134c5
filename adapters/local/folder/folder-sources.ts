import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import type { Sources } from '#core/ports/sources.ts';
import { recordingOf } from '#core/transcripts.ts';
import { type Facts, factsAt, factsOf, isSame, observeFile } from './facts.ts';
import { isWithin } from './ownership.ts';

export type FolderSourcesOptions = {
  now: () => number;
  /** Folders (or single files) whose contents are documents, the latest taken up last. */
  roots: () => readonly Root[];
  /** Whether a file is looked at as part of a source at all: not ignored, and of no other source. */
  owns?: (source: string, file: string) => boolean;
  /** Files younger than this may still grow. */
  quietMs: number;
};

/**
 * A folder and what it was when it was taken up. `identity` is its device and inode: another means that something else
 * is mounted there now. `mayEmpty`: an empty folder is believed. `isKnown`: its contents were seen in this run.
 */
export type Root = { path: string; identity: string | undefined; mayEmpty: boolean; isKnown?: boolean };

export function identityOf(folder: string): string | undefined {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** Why a missing file may still be there as far as one of its roots tells; undefined: the root proves that it is not. */
function doubt({ path: where, identity: was, mayEmpty }: Root, file: string): string | undefined {
  if (where === file) return mayEmpty ? undefined : 'the file itself was named, and it is missing';
  if (mayEmpty && was === undefined) return undefined;
  const identity = identityOf(where);
  if (identity === undefined) return `${where} is missing`;
  if (was !== undefined && identity !== was) return `${where} is not the folder that it was`;
  return !mayEmpty && readdirSync(where).length === 0 ? `${where} is empty` : undefined;
}

/** Throws unless a file's absence means that it was deleted: a root of it must be there, be the same, and not be bare. */
export function proveAbsence(roots: readonly Root[], file: string): void {
  const doubts: string[] = [];
  for (const root of roots) {
    if (!isWithin(file, root.path)) continue;
    const reason = doubt(root, file);
    if (reason === undefined) return;
    doubts.push(reason);
  }
  throw new SluiceError('source-unavailable', `looking for ${file}: ${doubts.at(-1) ?? 'it lies in no folder that is being read'}`);
}

/** Whether a folder on the way to the file is a link now; it may lead anywhere. */
function isBehindLink(file: string): boolean {
  const folder = path.dirname(file);
  try {
    return realpathSync.native(folder) !== folder;
  } catch {
    return false;
  }
}

/** Neither follows a link nor waits for a pipe's other end, whatever took the file's place. */
const PLAIN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function openPlain(file: string): number {
  try {
    return openSync(file, PLAIN);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(code))
      throw new SluiceError('superseded', `reading ${file}: it is gone`, { cause: error });
    throw new SluiceError('source-unavailable', `reading ${file}: ${code}`, { cause: error });
  }
}

function readRange(file: string, facts: Facts, start: number, end: number): Uint8Array {
  const handle = openPlain(file);
  try {
    if (!isSame(factsOf(fstatSync(handle, { bigint: true })), facts)) {
      throw new SluiceError('superseded', `reading ${file}: it changed after it was observed`);
    }
    const block = Buffer.alloc(Math.max(0, Math.min(end, facts.size) - start));
    return block.subarray(0, readSync(handle, block, 0, block.length, start));
  } finally {
    closeSync(handle);
  }
}

const asAddress = (file: string): string => file.split(path.sep).join('/');

/** Files of folders on this machine. The native id is the absolute path. */
export const folderSources = ({ now, roots, owns = () => true, quietMs }: FolderSourcesOptions): Sources => ({
  async observe(source, file, known) {
    if (!owns(source, file)) return undefined;
    const recording = recordingOf(file);
    // It is a part of the recording's observation then, and no document.
    const isBeside = recording !== undefined && factsAt(recording) !== undefined;
    const seen = isBeside || isBehindLink(file) ? undefined : observeFile(file, now, quietMs, known);
    if (!seen && known) proveAbsence(roots(), file);
    return seen;
  },
  uri: (_source, file) => asAddress(`file://${file}`),
  named(_source, file) {
    const above = roots().flatMap(({ path: root }) => (root !== file && isWithin(file, root) ? [root] : []));
    // The widest: a folder that was once taken up by itself is a folder of its source still.
    const root = above.sort((a, b) => a.length - b.length)[0] ?? path.dirname(file);
    return asAddress(path.relative(root, file));
  },
  open({ nativeId, observation }) {
    if (!observation) throw new SluiceError('superseded', `reading ${nativeId}: it was removed`);
    return {
      name: path.basename(nativeId),
      size: observation.facts.size,
      contentHash: observation.contentHash,
      withFile: (use) => use(nativeId),
      // A few kilobytes for the sniffer: reading them at once costs a tenth of four trips through the thread pool.
      read: async (start, end) => readRange(nativeId, observation.facts, start, end),
    };
  },
});
