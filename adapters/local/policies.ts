import { SluiceError } from '#core/errors.ts';
import { canonicalJson, digest } from '#core/fingerprint.ts';
import type { Policies } from '#core/ports/index.ts';
import { Config, DEFAULT_SOURCE } from '#schemas/config.ts';
import type { Db } from './sqlite/db.ts';
import { text } from './sqlite/unit.ts';

/** What is set anew at each start and shapes no document. */
const shaping = ({
  server: _server,
  watch: _watch,
  search: _search,
  parsing: _parsing,
  bus: _bus,
  budgets: _budgets,
  deploy: _deploy,
  metrics: _metrics,
  ...config
}: Config) => config;

/** Stores the configuration as a revision unless it is one already; revisions are never changed. */
export async function storedPolicies(db: Db, config: Config): Promise<Policies> {
  const name = digest(canonicalJson(shaping(config)));
  await db.commit([
    {
      sql: 'INSERT INTO revisions (revision, digest, config) SELECT coalesce(max(revision), 0) + 1, ?1, ?2 FROM revisions WHERE true ON CONFLICT (digest) DO NOTHING',
      params: [name, JSON.stringify(config)],
    },
  ]);
  const [row] = await db.all('SELECT revision FROM revisions WHERE digest = ?', [name]);
  const current = Number(row?.revision);
  const loaded = new Map<number, Promise<Config>>([[current, Promise.resolve(config)]]);
  const load = async (revision: number): Promise<Config> => {
    const [found] = await db.all('SELECT config FROM revisions WHERE revision = ?', [revision]);
    if (!found) throw new SluiceError('not-found', `loading the configuration: there is no revision ${revision}`);
    return Config.parse(JSON.parse(text(found.config)));
  };
  return {
    current,
    at(revision) {
      const known = loaded.get(revision);
      if (known) return known;
      const loading = load(revision);
      loaded.set(revision, loading);
      // A failure is not remembered: the next try may find it.
      loading.catch(() => loaded.delete(revision));
      return loading;
    },
    source: ({ sources }, wanted) => sources.find((source) => source.name === wanted) ?? DEFAULT_SOURCE,
  };
}
