import { SluiceError } from '#core/errors.ts';
import { canonicalJson } from '#core/fingerprint.ts';
import type { Policies } from '#core/ports/index.ts';
import { type Config, DEFAULT_SOURCE } from '#schemas/config.ts';
import type { Store } from './store.ts';

/** Keeps the configuration as a revision unless it is one already; revisions are never changed. */
export function memoryPolicies({ revisions }: Store, config: Config): Policies {
  const wanted = canonicalJson(config);
  const known = [...revisions].find(([, stored]) => canonicalJson(stored) === wanted)?.[0];
  const current = known ?? revisions.size + 1;
  if (known === undefined) revisions.set(current, structuredClone(config));
  return {
    current,
    async at(revision) {
      const found = revisions.get(revision);
      if (!found) throw new SluiceError('not-found', `loading the configuration: there is no revision ${revision}`);
      return found;
    },
    source: ({ sources }, name) => sources.find((source) => source.name === name) ?? DEFAULT_SOURCE,
  };
}
