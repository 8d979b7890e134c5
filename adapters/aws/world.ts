import { randomUUID } from 'node:crypto';
import { fingerprints } from '#core/fingerprint.ts';
import { matchingBelow } from '#core/ignoring.ts';
import type { Ports, Transaction } from '#core/ports/index.ts';
import type { EmbeddingCache } from '#core/ports/indexes.ts';
import { STAGE_SHAPES } from '#core/stages/shapes.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { type Grant, grantsOf, type ProgramName } from '#schemas/functions.ts';
import { SERVICE_VARIABLE } from '#schemas/metrics.ts';
import { factsOnlyEmbedder } from './ai/embedder-facts.ts';
import type { AwsContext, Makers } from './context.ts';
import { dynamoAudit } from './dynamo/dynamo-audit.ts';
import { dynamoEmbeddings } from './dynamo/dynamo-embeddings.ts';
import { dynamoPolicies, readConfig } from './dynamo/dynamo-policies.ts';
import type { LedgerStore } from './dynamo/ledger-items.ts';
import { emfMetrics } from './emf-metrics.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { lambdaLog } from './log.ts';
import { publishEvents } from './messaging/eventbridge-bus.ts';
import { laneQueue } from './messaging/queue-names.ts';
import { sendEvents } from './messaging/queues.ts';
import { type Inbox, inboxOf, s3Sources } from './s3/s3-sources.ts';
import { s3WorkStore } from './s3/s3-work-store.ts';
import { parameterKeys } from './store-key.ts';
import { beginTransaction } from './transaction.ts';

/** Everything that a function has for as long as its container lives. */
export type AwsWorld = {
  readonly context: AwsContext;
  readonly ledger: LedgerStore;
  readonly inbox: Inbox;
  begin(): Transaction;
  /** Sends events to the bus, and hints to look at an object straight to the stage that looks. */
  publish(events: readonly BusEvent[]): Promise<void>;
  isGranted(grant: Grant): boolean;
};

type Opened = { context: AwsContext; ledger: LedgerStore; isGranted: (grant: Grant) => boolean };

/** What a function was not granted is an error when it is asked for, and not before. */
const granted = <T>(what: string, environment: Environment, value: T | undefined): T => {
  if (value === undefined) throw new Error(`the function ${environment.function} has no grant for ${what} in schemas/functions.ts`);
  return value;
};

async function openContext(environment: Environment, variables: NodeJS.ProcessEnv): Promise<Opened> {
  const grants: readonly Grant[] = grantsOf(environment.function);
  const isGranted = (grant: Grant): boolean => grants.includes(grant);
  const service = variables[SERVICE_VARIABLE] ?? 'sluice';
  const ledger = { table: environment.of('ledger'), bucket: environment.of('work') };
  const now = (): number => Date.now();
  const loadPolicies = async () => {
    const config = await readConfig(ledger.bucket, environment.of('config'));
    return { config, policies: await dynamoPolicies(ledger, config, isGranted('ledger:write')) };
  };
  const [{ config, policies }, keys] = await Promise.all([
    loadPolicies(),
    environment.has('store-key') ? parameterKeys(environment.of('store-key')) : undefined,
  ]);
  const { cachedVectorDays } = config.retention;
  const embeddings = environment.has('embeddings') ? dynamoEmbeddings(environment.of('embeddings'), now, cachedVectorDays) : undefined;
  const context: AwsContext = {
    environment,
    config,
    policies,
    clock: { now },
    ids: { next: randomUUID },
    metrics: emfMetrics({ service }),
    log: lambdaLog(service),
    keys: () => granted('the store key', environment, keys),
    embeddings: () => granted('the embedding cache', environment, embeddings),
  };
  return { context, ledger, isGranted };
}

/** Sends hints to look at an object straight to the stage that looks, since EventBridge takes no event in S3's name. */
const publisher =
  ({ environment, config, policies }: AwsContext) =>
  async (events: readonly BusEvent[]): Promise<void> => {
    const hints = Map.groupBy(
      events.filter((event) => event.source === 'aws.s3'),
      (event) => policies.source(config, event.detail.bucket.name).priority,
    );
    for (const [lane, some] of hints) await sendEvents(laneQueue(environment.of('queues'), 'detect-change', lane).url, some);
    const ours = events.filter((event) => event.source === 'sluice');
    if (ours.length > 0) await publishEvents(environment.of('bus'), ours);
  };

type OptionalPort = { [K in keyof Ports]-?: undefined extends Ports[K] ? K : never }[keyof Ports];
/** Ports that a world need not have: a stage that asks for one goes on without it. */
const OPTIONAL: Record<OptionalPort, true> = {
  ocr: true,
  speech: true,
  vision: true,
  tasks: true,
  tables: true,
  ruleHistory: true,
  pii: true,
  findings: true,
  tokenKeys: true,
  vault: true,
  guardrail: true,
  judge: true,
  language: true,
};

/** Ports of which each throws, when it is used, unless the function was given it or the world need not have it. */
const portsOf = (given: Partial<Ports>, { environment }: AwsContext): Ports =>
  new Proxy(given, {
    get(target, name, receiver) {
      if (typeof name === 'string' && !(name in target) && !(name in OPTIONAL))
        throw new Error(`the function ${environment.function} was given no port ${name}`);
      return Reflect.get(target, name, receiver);
    },
    // The proxy makes the partial set whole: what is lacking is an error that says so.
  }) as Ports;

const made = (makers: Makers, context: AwsContext): Partial<Ports> =>
  Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make(context)]));

/** Opens a function's world. It takes a few reads, so it is done once per container. */
export async function openWorld(name: ProgramName, makers: Makers, variables: NodeJS.ProcessEnv): Promise<AwsWorld> {
  const environment = readEnvironment(name, variables);
  const { context, ledger, isGranted } = await openContext(environment, variables);
  const { clock, ids, config, policies, metrics } = context;
  const inbox = inboxOf(environment.has('inbox') ? environment.of('inbox') : '', config);
  const heavy = made(makers, context);
  const embedder = factsOnlyEmbedder(context);
  const shared: Partial<Ports> = {
    clock,
    ids,
    policies,
    metrics,
    fingerprint: fingerprints(STAGE_SHAPES, embedder),
    embedder,
    ...(environment.has('store-key') && { keys: context.keys() }),
    ...(environment.has('inbox') && {
      sources: s3Sources({
        inbox,
        work: ledger.bucket,
        keys: context.keys,
        isIgnored: matchingBelow(config.intake.ignore),
        now: clock.now,
      }),
    }),
    ...heavy,
  };
  const publish = publisher(context);
  const stores = {
    ledger,
    work: s3WorkStore(ledger.bucket),
    embeddings: {
      has: (keys) => context.embeddings().has(keys),
      put: (entries) => context.embeddings().put(entries),
      delete: (keys) => context.embeddings().delete(keys),
    } satisfies EmbeddingCache,
    vectors: heavy.vectors,
    audit: {
      append: (entries) => dynamoAudit(environment.of('audit'), clock.now, config.retention.storyDays).append(entries),
    } satisfies Ports['audit'],
    publish,
    ids,
    now: clock.now,
  };
  return {
    context,
    ledger,
    inbox,
    publish,
    isGranted,
    begin() {
      const { ports, commit } = beginTransaction(stores);
      return { ports: portsOf({ ...shared, ...ports }, context), commit };
    },
  };
}
