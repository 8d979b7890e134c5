import type { Head, Observation } from '#schemas/records/head.ts';
import { ContentHash } from '#schemas/records/ids.ts';
import type { Sidecar } from '#schemas/records/sidecar.ts';
import { SluiceError } from '../errors.ts';
import { canonicalJson } from '../fingerprint.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { Parsable, Parsers } from '../ports/parsers.ts';
import type { Sources } from '../ports/sources.ts';
import { containerOf, shownPath } from './member-id.ts';

type Listed = ReadonlyMap<string, { size: number; contentHash: string }>;

export type MemberSourcesOptions = {
  sources: Sources;
  parsers: Pick<Parsers, 'parse' | 'member'>;
  /** Lends bytes as a file, which is gone afterwards. */
  lend<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T>;
  /** Whether a path within a container is never read. */
  isIgnored(path: string): boolean;
};

/** Containers of which what is in them is known without looking again. */
const KEPT = 64;

/** The latest few of what was looked up. */
function latest<T>(): { get(key: string): T | undefined; set(key: string, value: T): T } {
  const kept = new Map<string, T>();
  return {
    get: (key) => kept.get(key),
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      for (const first of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(first);
      }
      return value;
    },
  };
}

/** What a container's side-car says of who may read it holds for what is in it; its title does not. */
function inherited(sidecar: Observation['sidecar']): Pick<Observation, 'sidecar'> {
  if (sidecar === undefined || typeof sidecar === 'string') return sidecar === undefined ? {} : { sidecar };
  const { access, classification, caseKey, tags } = sidecar;
  const kept: Sidecar = {
    ...(access && { access }),
    ...(classification && { classification }),
    ...(caseKey !== undefined && { caseKey }),
    ...(tags && { tags }),
  };
  return Object.keys(kept).length === 0 ? {} : { sidecar: kept };
}

/** Sources whose files within files are documents too, at any depth. */
export function memberSources({ sources, parsers, lend, isIgnored }: MemberSourcesOptions): Sources {
  const listings = latest<Promise<Listed>>();
  const observations = latest<Observation>();

  const observeContainer = async (source: string, container: string): Promise<Observation | undefined> => {
    const key = `${source}\0${container}`;
    const seen = await observe(source, container, observations.get(key));
    return seen && observations.set(key, seen);
  };

  const list = (container: Parsable & { contentHash: string }): Promise<Listed> => {
    const known = listings.get(container.contentHash);
    if (known) return known;
    const listing = parsers.parse(container).then(({ members = [] }) => new Map(members.map(({ path, ...rest }) => [path, rest])));
    listings.set(container.contentHash, listing);
    return listing;
  };

  const observe: Sources['observe'] = async (source, nativeId, known) => {
    const member = containerOf(nativeId);
    if (!member) return sources.observe(source, nativeId, known);
    const container = await observeContainer(source, member.container);
    if (!container) return undefined;
    const listed = await list(handle({ source, nativeId: member.container, observation: container })).catch((cause: unknown) => {
      if (cause instanceof SluiceError && cause.code === 'superseded')
        throw new SluiceError('growing', cause.message, { cause, retryAfterMs: 100 });
      // What is in it cannot be told, which does not mean that it is gone.
      throw new SluiceError('source-unavailable', `looking into ${member.container}: it cannot be opened`, { cause });
    });
    const found = isIgnored(member.path) ? undefined : listed.get(member.path);
    if (!found) return undefined;
    const facts = { size: found.size, mtimeNs: '0', ctimeNs: '0', inode: '0' };
    const seen = { facts, contentHash: ContentHash.parse(found.contentHash), ...inherited(container.sidecar), at: container.at };
    // Nothing else is known of its outside: what is the same was as well not looked at.
    return known && canonicalJson({ ...seen, at: known.at }) === canonicalJson(known) ? known : seen;
  };

  const handle = (head: Pick<Head, 'source' | 'nativeId' | 'observation'>): ContentHandle => {
    const member = containerOf(head.nativeId);
    if (!member || !head.observation) return sources.open(head);
    const { contentHash, facts } = head.observation;
    let bytes: Promise<Uint8Array> | undefined;
    const read = (): Promise<Uint8Array> => {
      bytes ??= readMember(head.source, member, contentHash);
      return bytes;
    };
    return {
      name: member.path.slice(member.path.lastIndexOf('/') + 1),
      size: facts.size,
      contentHash,
      read: async (start, end) => (await read()).subarray(start, end),
      withFile: async (use) => lend(await read(), use),
    };
  };

  const readMember = async (
    source: string,
    { container, path }: { container: string; path: string },
    contentHash: string,
  ): Promise<Uint8Array> => {
    const observation = await observeContainer(source, container);
    if (!observation) throw new SluiceError('superseded', `reading ${path}: ${container} is gone`);
    const content = handle({ source, nativeId: container, observation });
    const listed = await list(content);
    const bytes = listed.get(path)?.contentHash === contentHash ? await parsers.member(content, path) : undefined;
    if (bytes === undefined) throw new SluiceError('superseded', `reading ${path}: it changed within ${container}`);
    return bytes;
  };

  const uri: Sources['uri'] = (source, nativeId) => {
    const member = containerOf(nativeId);
    return member ? shownPath(uri(source, member.container), member.path) : sources.uri(source, nativeId);
  };
  return { observe, uri, open: handle, hasMembers: true };
}
