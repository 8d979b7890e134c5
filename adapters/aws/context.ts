import type { Clock, Ids, Keys, Policies, Ports } from '#core/ports/index.ts';
import type { Config } from '#schemas/config.ts';
import type { StoredEmbeddings } from './dynamo/dynamo-embeddings.ts';
import type { EmfMetrics } from './emf-metrics.ts';
import type { Environment } from './environment.ts';
import type { Log } from './log.ts';

/** What a container knows when it makes the ports that only its function uses. */
export type AwsContext = {
  readonly environment: Environment;
  readonly config: Config;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly metrics: EmfMetrics;
  readonly log: Log;
  /** Throws where the function has no grant for the store key. */
  readonly keys: () => Keys;
  /** Throws where the function has no grant for the cache. */
  readonly embeddings: () => StoredEmbeddings;
};

/** Ports that every function has, as far as its grants go. */
export type BasePort =
  | 'clock'
  | 'ids'
  | 'keys'
  | 'policies'
  | 'fingerprint'
  | 'sources'
  | 'ledger'
  | 'work'
  | 'embeddings'
  | 'keywords'
  | 'audit'
  | 'traces'
  | 'findings'
  | 'metrics';

/** How a function makes the ports that others do without, so that each bundle carries only what its stage calls. */
export type Makers = { [K in Exclude<keyof Ports, BasePort>]?: (context: AwsContext) => Ports[K] };
