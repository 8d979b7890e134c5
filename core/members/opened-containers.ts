import type { Head } from '#schemas/records/head.ts';
import { SluiceError } from '../errors.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { Parsable, Parsers } from '../ports/parsers.ts';
import type { Sources } from '../ports/sources.ts';
import { latest } from './latest.ts';
import { containerOf } from './member-id.ts';
import type { Containers, Listed, Observed } from './member-sources.ts';

export type OpenedContainersOptions = {
  /** The sources whose files within files these are: a container may be one of them. */
  sources: () => Pick<Sources, 'open'>;
  parsers: Pick<Parsers, 'parse' | 'member'>;
  /** Lends bytes as a file, which is gone afterwards. */
  lend<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T>;
};

/** Looks into containers whenever somebody asks, in the process that parses; what is in them is remembered by their hash. */
export function openedContainers({ sources, parsers, lend }: OpenedContainersOptions): Containers {
  const listings = latest<Promise<Listed>>();

  const listed = (container: Parsable & { contentHash: string }): Promise<Listed> => {
    const known = listings.get(container.contentHash);
    if (known) return known;
    const factsOf = (size: number) => ({ size, mtimeNs: '0', ctimeNs: '0', inode: '0' });
    const listing = parsers
      .parse(container)
      .then(({ members = [] }) => new Map(members.map(({ path, size, contentHash }) => [path, { facts: factsOf(size), contentHash }])));
    listings.set(container.contentHash, listing);
    return listing;
  };

  const readMember = async (nativeId: string, contentHash: string, now: () => Promise<Observed | undefined>): Promise<Uint8Array> => {
    const { container = '', path = '' } = containerOf(nativeId) ?? {};
    const observed = await now();
    if (!observed) throw new SluiceError('superseded', `reading ${path}: ${container} is gone`);
    const content = sources().open(observed);
    const found = (await listed(content)).get(path);
    const bytes = found?.contentHash === contentHash ? await parsers.member(content, path) : undefined;
    if (bytes === undefined) throw new SluiceError('superseded', `reading ${path}: it changed within ${container}`);
    return bytes;
  };

  return {
    list: (container) => listed(sources().open(container)),
    open({ nativeId, observation }: Pick<Head, 'nativeId' | 'observation'>, now): ContentHandle {
      if (!observation) throw new SluiceError('superseded', `reading ${nativeId}: it was removed`);
      const { contentHash, facts } = observation;
      let bytes: Promise<Uint8Array> | undefined;
      const read = (): Promise<Uint8Array> => {
        bytes ??= readMember(nativeId, contentHash, now);
        return bytes;
      };
      return {
        name: nativeId.slice(nativeId.lastIndexOf('/') + 1),
        size: facts.size,
        contentHash,
        read: async (start, end) => (await read()).subarray(start, end),
        withFile: async (use) => lend(await read(), use),
      };
    },
  };
}
