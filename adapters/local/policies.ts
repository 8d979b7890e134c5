import { configDigest, policiesOf } from '#core/policies.ts';
import type { Policies } from '#core/ports/index.ts';
import { Config } from '#schemas/config.ts';
import type { Db } from './sqlite/db.ts';
import { text } from './sqlite/unit.ts';

/** Stores the configuration as a revision unless it is one already; revisions are never changed. */
export async function storedPolicies(db: Db, config: Config): Promise<Policies> {
  const name = configDigest(config);
  await db.commit([
    {
      sql: 'INSERT INTO revisions (revision, digest, config) SELECT coalesce(max(revision), 0) + 1, ?1, ?2 FROM revisions WHERE true ON CONFLICT (digest) DO NOTHING',
      params: [name, JSON.stringify(config)],
    },
  ]);
  const [row] = await db.all('SELECT revision FROM revisions WHERE digest = ?', [name]);
  return policiesOf(Number(row?.revision), config, async (revision) => {
    const [found] = await db.all('SELECT config FROM revisions WHERE revision = ?', [revision]);
    return found && Config.parse(JSON.parse(text(found.config)));
  });
}
