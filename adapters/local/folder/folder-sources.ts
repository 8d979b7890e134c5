import { readdirSync, realpathSync, statSync } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import type { Sources } from '#core/ports/sources.ts';
import { factsOf, isSame, observeFile } from './facts.ts';
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

/** Files of folders on this machine. The native id is the absolute path. */
export const folderSources = ({ now, roots, owns = () => true, quietMs }: FolderSourcesOptions): Sources => ({
  async observe(source, file, known) {
    if (!owns(source, file)) return undefined;
    const seen = isBehindLink(file) ? undefined : observeFile(file, now, quietMs, known);
    if (!seen && known) proveAbsence(roots(), file);
    return seen;
  },
  uri: (_source, file) => `file://${file.split(path.sep).join('/')}`,
  open({ nativeId, observation }) {
    if (!observation) throw new SluiceError('superseded', `reading ${nativeId}: it was removed`);
    return {
      name: path.basename(nativeId),
      size: observation.facts.size,
      contentHash: observation.contentHash,
      localPath: nativeId,
      async read(start, end) {
        const handle = await open(nativeId, PLAIN).catch((error: NodeJS.ErrnoException) => {
          if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(error.code ?? ''))
            throw new SluiceError('superseded', `reading ${nativeId}: it is gone`, { cause: error });
          throw new SluiceError('source-unavailable', `reading ${nativeId}: ${error.code}`, { cause: error });
        });
        try {
          if (!isSame(factsOf(await handle.stat({ bigint: true })), observation.facts)) {
            throw new SluiceError('superseded', `reading ${nativeId}: it changed after it was observed`);
          }
          const length = Math.max(0, Math.min(end, observation.facts.size) - start);
          const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
          return buffer.subarray(0, bytesRead);
        } finally {
          await handle.close();
        }
      },
    };
  },
});
