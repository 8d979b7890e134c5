import { configDigest, policiesOf } from '#core/policies.ts';
import type { Policies } from '#core/ports/index.ts';
import { Config } from '#schemas/config.ts';
import type { Store } from './store.ts';

/** Keeps the configuration as a revision unless it is one already; revisions are never changed. */
export function memoryPolicies({ revisions }: Store, config: Config): Policies {
  const wanted = configDigest(config);
  const known = [...revisions].find(([, stored]) => configDigest(stored) === wanted)?.[0];
  const current = known ?? revisions.size + 1;
  if (known === undefined) revisions.set(current, Config.parse(JSON.parse(JSON.stringify(config))));
  return policiesOf(current, config, async (revision) => revisions.get(revision));
}
