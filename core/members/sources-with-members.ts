import type { Sources } from '../ports/sources.ts';
import { type MemberSourcesOptions, memberSources } from './member-sources.ts';
import { type OpenedContainersOptions, openedContainers } from './opened-containers.ts';

/** Sources whose files within files are documents too, in a world that can open a container whenever it likes. */
export function sourcesWithMembers({
  parsers,
  lend,
  ...options
}: Omit<MemberSourcesOptions, 'containers'> & Omit<OpenedContainersOptions, 'sources'>): Sources {
  const all: Sources = memberSources({ ...options, containers: openedContainers({ sources: () => all, parsers, lend }) });
  return all;
}
