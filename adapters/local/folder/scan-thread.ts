import { createHash } from 'node:crypto';
import { accessSync, constants, type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { SluiceError } from '#core/errors.ts';
import { outermostOf } from '#core/members/member-id.ts';
import { recordingOf } from '#core/transcripts.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import { type Connection, openConnection } from '../sqlite/connection.ts';
import type { Post, Reply } from '../sqlite/protocol.ts';
import { factsAt, isUnchangedOutside, type KnownOutside, sidecarFactsAt, transcriptAt } from './facts.ts';
import { ignoring, ignoringBelow, isWithin } from './ownership.ts';

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
  /** In the ledger under a source that the folder no longer belongs to. */
  strays: { source: string; file: string }[];
  /** Ids of documents whose bytes were read and found the same, to be trusted by their outside from now on. */
  confirmed: string[];
  unchanged: number;
  /** What could not be looked at; nothing below it is taken for deleted. */
  unreadable: { path: string; reason: string }[];
  /** When it began (ms). */
  at: number;
};

/** `failed`: a fault outside the document stopped it, so that it is tried again at each pass. */
type Known = KnownOutside & { document: string; failed: boolean };

/** A path and all below it, as the condition that `rangeOf` fills. */
const BELOW = 'present = 1 AND (native_id = sealed_path(?2) OR (native_id >= sealed_path(?3) || ?4 AND native_id < sealed_path(?3) || ?5))';

function rangeOf(where: string): [string, string, string, string] {
  const folder = where.endsWith(path.sep) ? where.slice(0, -1) : where;
  return [where, folder, path.sep, String.fromCharCode(path.sep.charCodeAt(0) + 1)];
}

function knownUnder(connection: Connection, source: string, where: string): Map<string, Known> {
  const rows = connection.all(
    `SELECT document, opened_path(native_id) AS file, state, seen, seen_at FROM heads WHERE source = ?1 AND ${BELOW}`,
    [source, ...rangeOf(where)],
  );
  return new Map(
    rows.map((row) => {
      const seen: Omit<KnownOutside, 'at'> = JSON.parse(String(row.seen));
      return [String(row.file), { ...seen, at: Number(row.seen_at), document: String(row.document), failed: row.state === 'failed' }];
    }),
  );
}

function straysUnder(connection: Connection, { source, except }: ScanRequest, where: string): Scan['strays'] {
  return connection
    .all('SELECT DISTINCT source FROM heads WHERE source <> ?1', [source])
    .flatMap((row) => [...knownUnder(connection, String(row.source), where).keys()].map((file) => ({ source: String(row.source), file })))
    .filter(({ file }) => !except.some((folder) => isWithin(file, folder)));
}

type Walk = { files: string[]; unreadable: Scan['unreadable'] };

function walk(where: string, ignored: (file: string) => boolean, into: Walk): void {
  const stack = [where];
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      const reason = reasonOf(error);
      // A folder that went meanwhile is gone, and so is what was in it; a root that went proves nothing.
      if (folder === where || !['ENOENT', 'ENOTDIR'].includes(reason)) into.unreadable.push({ path: folder, reason });
      continue;
    }
    for (const entry of entries) {
      const file = folder.endsWith(path.sep) ? folder + entry.name : `${folder}${path.sep}${entry.name}`;
      if (ignored(file)) continue;
      if (entry.isDirectory()) stack.push(file);
      else if (entry.isFile() && !entry.name.endsWith(SIDECAR_SUFFIX) && !isTranscript(file)) into.files.push(file);
    }
  }
}

/** Whether a file belongs to the recording beside it. */
const isTranscript = (file: string): boolean => {
  const recording = recordingOf(file);
  return recording !== undefined && factsAt(recording) !== undefined;
};

const reasonOf = (error: unknown): string => {
  const cause = error instanceof SluiceError ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
};

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
  if (!facts) {
    // A name that is not UTF-8 was listed with replacement characters, and no file answers to that.
    if (path.basename(file).includes('\uFFFD')) into.unreadable.push({ path: file, reason: 'its name is not valid UTF-8' });
    return;
  }
  if (known?.failed) {
    into.changed.push(file);
    return;
  }
  const sidecarFacts = sidecarFactsAt(file);
  const transcript = transcriptAt(file);
  if (known && isUnchangedOutside(known, facts, sidecarFacts, transcript)) {
    into.unchanged += 1;
    return;
  }
  const sameOutside = known && JSON.stringify([known.facts, known.sidecarFacts]) === JSON.stringify([facts, sidecarFacts]);
  if (
    known &&
    sameOutside &&
    !sidecarFacts &&
    !transcript &&
    !known.transcript &&
    facts.size <= SMALL &&
    hasBytes(file, known.contentHash)
  ) {
    into.unchanged += 1;
    into.confirmed.push(known.document);
    return;
  }
  // What cannot be read is said once, instead of being tried again and again.
  accessSync(file, constants.R_OK);
  into.changed.push(file);
}

export function scan(request: ScanRequest): Scan {
  const found: Scan = { changed: [], gone: [], strays: [], confirmed: [], unchanged: 0, unreadable: [], at: Date.now() };
  const connection = openConnection(request.indexFile, true);
  try {
    const ignored = ignoring(request);
    const isIgnored = ignoringBelow(request);
    for (const where of request.paths) {
      if (isIgnored(where)) continue;
      found.strays.push(...straysUnder(connection, request, where));
      const known = knownUnder(connection, request.source, where);
      const walked: Walk = { files: [], unreadable: [] };
      const kind = kindOf(where, where === request.root);
      if (kind === 'folder') walk(where, ignored, walked);
      else if (kind === 'file' && !isTranscript(where)) walked.files.push(where);
      for (const file of walked.files) {
        try {
          compare(file, known.get(file), found);
        } catch (error) {
          walked.unreadable.push({ path: file, reason: reasonOf(error) });
        }
      }
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
  const changed = new Set(into.changed);
  for (const [file, { failed }] of known) {
    const isUnsure = unreadable.some(({ path: folder }) => isWithin(file, folder));
    const holder = outermostOf(file);
    if (isUnsure || (file === holder && there.has(file))) continue;
    if (!there.has(holder)) into.gone.push(file);
    // A file within a file is looked at when that was read anew; else it is as it was.
    else if (failed) into.changed.push(file);
    else if (!changed.has(holder)) into.unchanged += 1;
  }
}

/** A link within the folder is nothing; only the root may be reached through one. */
function kindOf(where: string, isRoot: boolean): 'folder' | 'file' | undefined {
  try {
    const above = path.dirname(where);
    if (!isRoot && realpathSync.native(above) !== above) return undefined;
    const stats = isRoot ? statSync(where) : lstatSync(where);
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
