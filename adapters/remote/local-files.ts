import { createHash } from 'node:crypto';
import { createReadStream, type Dirent, existsSync, realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import { matchingBelow } from '#core/ignoring.ts';
import type { IngestRequest } from '#core/ports/pipeline.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';

/** A file of this machine, and the key that it has in the inbox. */
export type LocalFile = { file: string; key: string; isSidecar: boolean };
/** `folders`: what the keys of the named folders begin with, each of them seen to have files or believed to have none. */
export type LocalFiles = { files: LocalFile[]; folders: string[]; unreadable: { path: string; reason: string }[] };

const keyOf = (...parts: string[]): string => parts.filter((part) => part !== '').join('/');

/** Where a target's files go: as it is named from the working folder, or by its own name when it lies elsewhere. */
function baseOf(target: string, prefix: string | undefined, isFolder: boolean): string {
  const parts = path.relative(realpathSync('.'), target).split(path.sep);
  const own = parts.includes('..') || path.isAbsolute(parts.join(path.sep)) ? [path.basename(target)] : parts;
  if (prefix === undefined) return keyOf(...own);
  const under = prefix.replace(/^\/+|\/+$/g, '');
  return isFolder ? under : keyOf(under, path.basename(target));
}

const reasonOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

/** Links are not followed: they may lead out of the folder. */
async function walk(
  root: string,
  isIgnored: (within: string) => boolean,
  found: { within: string[]; unreadable: LocalFiles['unreadable'] },
) {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: Dirent[];
    try {
      entries = await readdir(path.join(root, folder), { withFileTypes: true });
    } catch (error) {
      found.unreadable.push({ path: path.join(root, folder), reason: reasonOf(error) });
      continue;
    }
    for (const entry of entries) {
      const within = keyOf(folder, entry.name);
      if (isIgnored(within)) continue;
      if (entry.isDirectory()) folders.push(within);
      else if (entry.isFile()) found.within.push(within);
    }
  }
}

async function addTarget(name: string, { prefix, allowEmpty }: IngestRequest, isIgnored: (within: string) => boolean, all: LocalFiles) {
  const toFile = (file: string, key: string): LocalFile => ({ file, key, isSidecar: key.endsWith(SIDECAR_SUFFIX) });
  if (!existsSync(name)) {
    if (!allowEmpty)
      throw new SluiceError(
        'source-unavailable',
        `reading ${name}: it is not there; a missing folder never means deletion (--allow-empty says it does)`,
      );
    all.folders.push(baseOf(path.resolve(name), prefix, true));
    return;
  }
  const target = realpathSync(name);
  if (statSync(target).isFile()) {
    const key = baseOf(target, prefix, false);
    all.files.push(toFile(target, key));
    const sidecar = `${target}${SIDECAR_SUFFIX}`;
    if (existsSync(sidecar)) all.files.push(toFile(sidecar, `${key}${SIDECAR_SUFFIX}`));
    return;
  }
  const base = baseOf(target, prefix, true);
  const found = { within: [] as string[], unreadable: all.unreadable };
  await walk(target, isIgnored, found);
  all.files.push(...found.within.map((within) => toFile(path.join(target, within), keyOf(base, within))));
  if (found.within.length > 0 || allowEmpty) all.folders.push(base);
  else all.unreadable.push({ path: target, reason: 'it is empty' });
}

/** The files that a pass names, side-cars first: what restricts a document is there before the document. */
export async function localFiles(request: IngestRequest, ignore: readonly string[]): Promise<LocalFiles> {
  const all: LocalFiles = { files: [], folders: [], unreadable: [] };
  const isIgnored = matchingBelow(ignore);
  for (const name of request.names) await addTarget(name, request, isIgnored, all);
  const byKey = new Map(all.files.map((file) => [file.key, file]));
  all.files = [...byKey.values()].sort((a, b) => Number(b.isSidecar) - Number(a.isSidecar));
  return all;
}

/** Size and hex SHA-256 of a file's bytes. */
export async function fileFacts(file: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const block of createReadStream(file)) {
    hash.update(block);
    size += block.length;
  }
  return { size, sha256: hash.digest('hex') };
}
