import type { Head, Observation } from '#schemas/records/head.ts';
import { ContentHash } from '#schemas/records/ids.ts';
import type { Sidecar } from '#schemas/records/sidecar.ts';
import { SluiceError } from '../errors.ts';
import { canonicalJson } from '../fingerprint.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { Sources } from '../ports/sources.ts';
import { latest } from './latest.ts';
import { containerOf, shownPath } from './member-id.ts';

/** A document of a source as it was observed. */
export type Observed = { source: string; nativeId: string; observation: Observation };
/** A file within a document, as whoever looks into that knows it. */
export type Listed = ReadonlyMap<string, Pick<Observation, 'facts'> & { contentHash: string }>;

/** How a world looks into documents: it opens them, or has put aside what an extractor found in them. */
export type Containers = {
  /** The files within a document as it was observed; undefined: nobody has looked into that version yet, which will be told. */
  list(container: Observed): Promise<Listed | undefined>;
  /** One of them. `now` observes the document as it is now. */
  open(head: Pick<Head, 'source' | 'nativeId' | 'observation'>, now: () => Promise<Observed | undefined>): ContentHandle;
};

export type MemberSourcesOptions = {
  sources: Sources;
  containers: Containers;
  /** Whether a path within a container is never read. */
  isIgnored(path: string): boolean;
  /** Whether the source has names of its own that look like those of files within files. */
  hasSuchNames?: true;
};

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
export function memberSources({ sources, containers, isIgnored, hasSuchNames }: MemberSourcesOptions): Sources {
  const observations = latest<Observation>();

  const observeContainer = async (source: string, nativeId: string): Promise<Observed | undefined> => {
    const key = `${source}\0${nativeId}`;
    const seen = await observe(source, nativeId, observations.get(key));
    return seen && { source, nativeId, observation: observations.set(key, seen) };
  };

  const observe: Sources['observe'] = async (source, nativeId, known) => {
    const member = containerOf(nativeId);
    const own = member && !hasSuchNames ? undefined : await sources.observe(source, nativeId, known);
    if (!member || own) return own;
    const container = await observeContainer(source, member.container);
    if (!container) return undefined;
    const listed = await containers.list(container).catch((cause: unknown) => {
      if (cause instanceof SluiceError && cause.code === 'superseded')
        throw new SluiceError('growing', cause.message, { cause, retryAfterMs: 100 });
      // What is in it cannot be told, which does not mean that it is gone.
      throw new SluiceError('source-unavailable', `looking into ${member.container}: it cannot be opened`, { cause });
    });
    // Who looks into it tells of each of its files then.
    if (!listed) return known;
    const found = isIgnored(member.path) ? undefined : listed.get(member.path);
    if (!found) return undefined;
    const { observation } = container;
    const contentHash = ContentHash.parse(found.contentHash);
    const seen = { facts: found.facts, contentHash, ...inherited(observation.sidecar), at: observation.at };
    // Nothing else is known of its outside: what is the same was as well not looked at.
    return known && canonicalJson({ ...seen, at: known.at }) === canonicalJson(known) ? known : seen;
  };

  const uri: Sources['uri'] = (source, nativeId) => {
    const member = containerOf(nativeId);
    return member ? shownPath(uri(source, member.container), member.path) : sources.uri(source, nativeId);
  };

  const named: Sources['named'] = (source, nativeId) => {
    const member = containerOf(nativeId);
    return member ? shownPath(named(source, member.container), member.path) : sources.named(source, nativeId);
  };

  return {
    observe,
    uri,
    named,
    open(head) {
      const member = containerOf(head.nativeId);
      if (!member || !head.observation) return sources.open(head);
      return containers.open(head, () => observeContainer(head.source, member.container));
    },
    hasMembers: true,
    ...(sources.keep && { keep: sources.keep }),
  };
}
