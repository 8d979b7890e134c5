import type { DeadLetters } from '#core/ports/dead-letters.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import type { Inbox } from '#core/ports/inbox.ts';
import type { Ports, Transaction } from '#core/ports/index.ts';
import type { VectorStore } from '#core/ports/indexes.ts';
import type { Inspection } from '#core/ports/inspection.ts';
import type { PipelineReader } from '#core/ports/pipeline-view.ts';
import type { Vault } from '#core/ports/vault.ts';
import { carryOut } from '#core/review/carry-out.ts';
import type { Deciding } from '#core/review/decide.ts';
import { objectEvent } from '#core/runtime.ts';
import { REFRESH } from '#core/stages/detect-change.ts';
import type { Config } from '#schemas/config.ts';
import type { ErasureCertificate } from '#schemas/records/erasure.ts';
import type { AwsContext } from '../context.ts';
import type { EmfMetrics } from '../emf-metrics.ts';
import type { Log } from '../log.ts';
import { queueCounts, sqsDeadLetters } from '../messaging/dead-letters.ts';
import { writeObject } from '../s3/objects.ts';
import { s3Inbox } from '../s3/s3-inbox.ts';
import { s3VectorIndex } from '../s3-vector-index.ts';
import { type AwsWorld, openWorld } from '../world.ts';
import { dynamoInspection } from './dynamo-inspection.ts';
import { awsPipelineView } from './pipeline-view.ts';
import { awsSearchIndex } from './search-index.ts';

/** A deployed pipeline as its API sees it. */
export type ApiWorld = {
  config: Config;
  log: Log;
  metrics: EmfMetrics;
  pipeline: PipelineReader;
  inspection: Inspection;
  inbox: Inbox;
  sources: Ports['sources'];
  letters: DeadLetters;
  /** Of documents that are indexed under today's configuration. */
  fingerprint: string;
  hint(keys: readonly string[], again: boolean): Promise<void>;
  decide(deciding: Deciding): Promise<void>;
  begin(): Transaction;
  keepCertificate(certificate: ErasureCertificate): Promise<void>;
  now(): number;
};

/** Asks the stage that looks at objects to look at these. */
const hinting =
  ({ context, publish }: AwsWorld, inbox: Inbox): ApiWorld['hint'] =>
  (keys, again) =>
    publish(keys.map((key) => objectEvent('Object Created', inbox.subject(key).source, key, context, again ? REFRESH : undefined)));

export type ApiMakers = {
  embedder: (context: AwsContext) => Embedder;
  vectors: (context: AwsContext) => VectorStore;
  vault: (context: AwsContext) => Vault | undefined;
};

/** Where certificates of erasures are: in the bucket that no lifecycle empties under this prefix. */
const certificateKey = (id: string): string => `certificates/${id}.json`;

/** Opened once per container. */
export async function openApiWorld(makers: ApiMakers, variables: NodeJS.ProcessEnv): Promise<ApiWorld> {
  const world = await openWorld('api', makers, variables);
  const { context, ledger } = world;
  const { ports } = world.begin();
  const vectors = s3VectorIndex(context.environment.of('vectors'));
  const queues = context.environment.of('queues');
  const inbox = s3Inbox(world.inbox, context.keys());
  const index = awsSearchIndex(ledger, vectors, ports.embedder);
  return {
    config: context.config,
    log: context.log,
    metrics: context.metrics,
    pipeline: awsPipelineView({ ledger, auditTable: context.environment.of('audit'), index, queues: () => queueCounts(queues) }),
    inspection: dynamoInspection(ledger, vectors),
    inbox,
    sources: ports.sources,
    letters: sqsDeadLetters(queues),
    fingerprint: ports.fingerprint('embed', context.config),
    hint: hinting(world, inbox),
    decide: (deciding) => carryOut(deciding, () => world.begin()),
    begin: () => world.begin(),
    keepCertificate: ({ id, ...rest }) =>
      writeObject(ledger.bucket, certificateKey(id), Buffer.from(JSON.stringify({ id, ...rest }, null, 2)), 'application/json'),
    now: context.clock.now,
  };
}
