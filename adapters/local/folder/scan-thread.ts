import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import picomatch from 'picomatch';

import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import { type Connection, openConnection } from '../sqlite/connection.ts';
import type { Post, Reply } from '../sqlite/protocol.ts';
import { factsAt, isUnchangedOutside, type KnownOutside } from './facts.ts';

/** Compares folders with the ledger, beside the main thread: a pass over unchanged files is this and nothing else. */
export type ScanRequest = {
  indexFile: string;
  source: string;
  /** Files and folders to look at; each lies in `root`. */
  paths: string[];
  root: string;
  ignore: string[];
  /** Folders within that belong to other sources. */
  except: string[];
  allowEmpty: boolean;
};

export type Scan = {
  /** New or changed as far as the outside tells. */
  changed: string[];
  /** In the ledger, and gone. */
  gone: string[];
  /** Ids of documents whose bytes were read and found the same, to be trusted by their outside from now on. */
  confirmed: string[];
  unchanged: number;
  /** What could not be looked at; nothing below it is taken for deleted. */
  unreadable: { path: string; reason: string }[];
  /** When it began (ms). */
  at: number;
};

type Known = KnownOutside & { document: string };

function knownUnder(connection: Connection, source: string, where: string): Map<string, Known> {
  const below = where.endsWith(path.sep) ? where : where + path.sep;
  const rows = connection.all(
    'SELECT document, native_id, seen, seen_at FROM heads WHERE source = ?1 AND present = 1 AND (native_id = ?2 OR (native_id >= ?3 AND native_id < ?4))',
    [source, where, below, `${below.slice(0, -1)}${String.fromCharCode(path.sep.charCodeAt(0) + 1)}`],
  );
  return new Map(
    rows.map((row) => {
      const seen: Omit<KnownOutside, 'at'> = JSON.parse(String(row.seen));
      return [String(row.native_id), { ...seen, at: Number(row.seen_at), document: String(row.document) }];
    }),
  );
}

type Walk = { files: string[]; unreadable: Scan['unreadable'] };

function walk(where: string, ignored: (file: string) => boolean, into: Walk): void {
  const stack = [where];
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      into.unreadable.push({ path: folder, reason: error instanceof Error && 'code' in error ? String(error.code) : String(error) });
      continue;
    }
    for (const entry of entries) {
      const file = folder.endsWith(path.sep) ? folder + entry.name : `${folder}${path.sep}${entry.name}`;
      if (ignored(file)) continue;
      if (entry.isDirectory()) stack.push(file);
      else if (entry.isFile() && !entry.name.endsWith(SIDECAR_SUFFIX)) into.files.push(file);
    }
  }
}

/** Which paths are not looked at: globs over the path within the root, and folders of other sources. */
function ignoring({ root, ignore, except }: ScanRequest): (file: string) => boolean {
  const matches = picomatch(ignore, { dot: true });
  const skip = new Set(except);
  const from = root.endsWith(path.sep) ? root.length : root.length + 1;
  return (file) => skip.has(file) || (file.length > from && matches(file.slice(from)));
}

const hasBytes = (file: string, contentHash: string): boolean => {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex') === contentHash;
  } catch {
    return false;
  }
};
/** Larger files are read by the pipeline, which does not hold them in memory. */
const SMALL = 4 * 1024 * 1024;

function compare(file: string, known: Known | undefined, into: Scan): void {
  const facts = factsAt(file);
  if (!facts) return;
  const sidecarFacts = factsAt(`${file}${SIDECAR_SUFFIX}`);
  if (known && isUnchangedOutside(known, facts, sidecarFacts)) {
    into.unchanged += 1;
    return;
  }
  const sameOutside = known && JSON.stringify([known.facts, known.sidecarFacts]) === JSON.stringify([facts, sidecarFacts]);
  if (known && sameOutside && !sidecarFacts && facts.size <= SMALL && hasBytes(file, known.contentHash)) {
    into.unchanged += 1;
    into.confirmed.push(known.document);
    return;
  }
  into.changed.push(file);
}

export function scan(request: ScanRequest): Scan {
  const found: Scan = { changed: [], gone: [], confirmed: [], unchanged: 0, unreadable: [], at: Date.now() };
  const connection = openConnection(request.indexFile, true);
  try {
    const ignored = ignoring(request);
    for (const where of request.paths) {
      if (where !== request.root && ignored(where)) continue;
      const known = knownUnder(connection, request.source, where);
      const walked: Walk = { files: [], unreadable: [] };
      const kind = kindOf(where);
      if (kind === 'folder') walk(where, ignored, walked);
      else if (kind === 'file') walked.files.push(where);
      for (const file of walked.files) compare(file, known.get(file), found);
      found.unreadable.push(...walked.unreadable);
      const isBare = where === request.root && walked.files.length === 0 && known.size > 0 && !request.allowEmpty;
      if (isBare) found.unreadable.push({ path: where, reason: kind === undefined ? 'missing' : 'empty' });
      else gone(known, walked, found);
    }
    return found;
  } finally {
    connection.close();
  }
}

function gone(known: Map<string, Known>, { files, unreadable }: Walk, into: Scan): void {
  const there = new Set(files);
  for (const file of known.keys()) {
    const isUnsure = unreadable.some(({ path: folder }) => file.startsWith(folder + path.sep));
    if (!there.has(file) && !isUnsure) into.gone.push(file);
  }
}

function kindOf(where: string): 'folder' | 'file' | undefined {
  try {
    const stats = statSync(where);
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

export type ScanAnswer = { scan: Scan } | { error: string };

const port = parentPort;
if (port) {
  port.on('message', (posts: Post<ScanRequest>[] | 'close') => {
    if (posts === 'close') return port.close();
    const replies = posts.map(({ id, request }): Reply<ScanAnswer> => {
      try {
        return { id, answer: { scan: scan(request) } };
      } catch (error) {
        return { id, answer: { error: error instanceof Error ? error.message : String(error) } };
      }
    });
    port.postMessage(replies);
  });
  port.postMessage('ready');
}
