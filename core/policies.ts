import { type Config, DEFAULT_SOURCE } from '#schemas/config.ts';
import { SluiceError } from './errors.ts';
import { canonicalJson, digest } from './fingerprint.ts';
import type { Policies } from './ports/index.ts';
import { withFunctions } from './quality/own-rules.ts';

/** A source that is declared no more: what it has goes with the next pass, and is nobody's until then. */
const GONE = { ...DEFAULT_SOURCE, access: [] };

/** What is set anew at each start or deployment and shapes no document. */
const shaping = ({
  server: _server,
  watch: _watch,
  search: _search,
  parsing: _parsing,
  bus: _bus,
  budgets: _budgets,
  deploy: _deploy,
  metrics: _metrics,
  retention: _retention,
  ...shapes
}: Config): Partial<Config> => shapes;

/** Two configurations with the same digest process documents alike, and are one revision. */
export const configDigest = (config: Config): string => digest(canonicalJson(shaping(config)));

/** Policies over numbered revisions; each is loaded once. `load` answers undefined for one that was never stored. */
export function policiesOf(current: number, config: Config, load: (revision: number) => Promise<Config | undefined>): Policies {
  const loaded = new Map<number, Promise<Config>>([[current, Promise.resolve(config)]]);
  const loading = async (revision: number): Promise<Config> => {
    const found = await load(revision);
    if (!found) throw new SluiceError('not-found', `loading the configuration: there is no revision ${revision}`);
    return withFunctions(found, config);
  };
  return {
    current,
    at(revision) {
      const known = loaded.get(revision) ?? loading(revision);
      loaded.set(revision, known);
      // A failure is not remembered: the next try may find it.
      known.catch(() => loaded.delete(revision));
      return known;
    },
    source: ({ sources }, wanted) =>
      sources.find((source) => source.name === wanted) ?? (wanted === DEFAULT_SOURCE.name ? DEFAULT_SOURCE : GONE),
  };
}
