import { SluiceError, spendsNoAttempt } from '#core/errors.ts';
import { fingerprints } from '#core/fingerprint.ts';
import { matchingBelow } from '#core/ignoring.ts';
import { countDeadLetter } from '#core/measure/count-run.ts';
import type { Bus, Message } from '#core/ports/bus.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import type { Ports, Transaction } from '#core/ports/index.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import { successorOf, urgencyOf } from '#core/routing.ts';
import { type Disposition, objectEvent, recordFailure, retryingConflicts, runStage, runStageBatch } from '#core/runtime.ts';
import type { Stage } from '#core/stage.ts';
import { STAGES } from '#core/stages/index.ts';
import { Config } from '#schemas/config.ts';
import { type BusEvent, readEvent } from '#schemas/events/index.ts';
import { ROUTES } from '#schemas/routes.ts';
import { memoryAudit } from './memory-audit.ts';
import { acknowledging, burying, memoryBus, publishing } from './memory-bus.ts';
import { type MemoryClock, memoryClock, memoryIds } from './memory-clock.ts';
import { memoryEmbedder } from './memory-embedder.ts';
import { memoryFindings } from './memory-findings.ts';
import { memoryEmbeddingCache, memoryKeywords, memoryVectors } from './memory-indexes.ts';
import { memoryKeys } from './memory-keys.ts';
import { markDone, memoryLedger } from './memory-ledger.ts';
import { memoryMetrics, type Recorded } from './memory-metrics.ts';
import { memoryPolicies } from './memory-policies.ts';
import { memoryRuleHistory } from './memory-rule-history.ts';
import { memorySearchIndex } from './memory-search.ts';
import { type Files, memoryParsers, memorySourcesWithMembers } from './memory-sources.ts';
import { memoryTraces } from './memory-traces.ts';
import { memoryWorkStore } from './memory-work-store.ts';
import { commit, newStore, newUnit, type Store, type Unit, type Write } from './store.ts';

export type MemoryWorldOptions = {
  config?: Config;
  files?: Files;
  /** What an earlier world left: a restart. */
  store?: Store;
  embedder?: Embedder;
  clock?: MemoryClock;
  /** Messages in work at once. */
  concurrency?: number;
  /** Ports of another make, for those that are named. */
  replace?: (ports: Ports) => Partial<Ports>;
  stages?: readonly Stage[];
  /** Whether stages that follow run in the transaction that emits their event. */
  carriesOn?: boolean;
};

/** The pipeline within one process, nothing of which outlives it: for tests, trials and other people's tests. */
export type MemoryWorld = {
  readonly store: Store;
  readonly files: Files;
  readonly clock: MemoryClock;
  readonly bus: Bus;
  readonly search: SearchIndex;
  /** Every event that was published, in order. */
  readonly events: readonly BusEvent[];
  /** Every value that was counted, in order. */
  readonly recorded: readonly Recorded[];
  begin(messages?: readonly Message[]): Transaction;
  /** Tells the pipeline that something may have happened to a path. */
  hint(path: string, source?: string): Promise<void>;
  /** Carries out one round of due messages; false: there was none. */
  step(): Promise<boolean>;
  /** Works until no message is left; waiting times pass on the world's clock, which takes none. */
  runUntilIdle(): Promise<void>;
};

const START = Date.UTC(2026, 0, 1);
const BATCH = Math.max(...ROUTES.map((route) => route.batch ?? 1));

export function memoryWorld(options: MemoryWorldOptions = {}): MemoryWorld {
  const { config = Config.parse({}), files = new Map(), store = newStore(), concurrency = 1, stages = STAGES } = options;
  const { embedder = memoryEmbedder(), clock = memoryClock(START) } = options;
  const isUrgent = urgencyOf(config);
  const bus = memoryBus(store, clock.now, isUrgent);
  const published: BusEvent[] = [];
  const metrics = memoryMetrics();
  const stageOf = (name: string): Stage => {
    const found = stages.find((stage) => stage.name === name);
    if (!found) throw new Error(`no stage ${name}`);
    return found;
  };
  const shared = {
    clock,
    ids: memoryIds(`event-${store.last}`),
    keys: memoryKeys('memory'),
    policies: memoryPolicies(store, config),
    fingerprint: fingerprints(stages, embedder),
    sources: memorySourcesWithMembers({ files, now: clock.now, isIgnored: matchingBelow(config.intake.ignore) }),
    parsers: memoryParsers({ files }),
    embedder,
    metrics,
  };
  const portsFor = (unit: Unit): Ports => {
    const ports = { ...shared, ...storePorts(unit) };
    return { ...ports, ...options.replace?.(ports) };
  };
  const begin = (messages: readonly Message[] = [], extra: readonly Write[] = []): Transaction => {
    const unit = newUnit(store);
    return {
      ports: portsFor(unit),
      ...(options.carriesOn && {
        savepoint() {
          const writes = unit.writes.length;
          return () => {
            unit.writes.length = writes;
          };
        },
      }),
      async commit({ events, done, carried = [] }) {
        const steps = [done, ...carried.map((one) => one.done)].filter((step) => step !== undefined);
        const marks = steps.map((step) => markDone(store, step));
        commit([
          ...unit.writes,
          publishing(store, events, new Map(carried.map(({ event, stage }) => [event, stage])), isUrgent),
          ...marks,
          acknowledging(store, messages),
          ...extra,
        ]);
        published.push(...events);
      },
    };
  };

  const bury = async (message: Message, event: BusEvent | undefined, error: unknown): Promise<void> => {
    const code = error instanceof SluiceError ? error.code : 'bug';
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const transaction = begin([], [burying(store, message, code, told, clock.now())]);
    if (event) await recordFailure(stageOf(message.stage), event, error, transaction.ports);
    await transaction.commit({ events: [] });
    countDeadLetter(stageOf(message.stage), event, metrics);
  };
  const settle = async (message: Message, event: BusEvent | undefined, disposition: Disposition): Promise<void> => {
    if (disposition.kind === 'done') return;
    const { error } = disposition;
    const isWaiting = spendsNoAttempt(error);
    if (disposition.kind === 'retry' && (isWaiting || message.attempts < config.bus.attempts)) {
      const afterMs = disposition.afterMs ?? config.bus.backoffMs * 2 ** message.attempts;
      await bus.release([message], afterMs, !isWaiting);
      return;
    }
    await retryingConflicts(() => bury(message, event, error));
  };
  const successor = (event: BusEvent): Stage | undefined => {
    const next = successorOf(event);
    return next && stageOf(next);
  };
  const work = async (message: Message): Promise<void> => {
    const event = readEvent(message.body);
    if (event instanceof Error) return settle(message, undefined, { kind: 'dead', error: event });
    await settle(message, event, await runStage(stageOf(message.stage), event, () => begin([message]), successor));
  };
  const workBatch = async (messages: readonly Message[]): Promise<void> => {
    const readable: Message[] = [];
    const events: BusEvent[] = [];
    for (const message of messages) {
      const event = readEvent(message.body);
      if (event instanceof Error) await settle(message, undefined, { kind: 'dead', error: event });
      else events.push(event) && readable.push(message);
    }
    const [first] = readable;
    if (!first) return;
    const disposition = await runStageBatch(stageOf(first.stage), events, () => begin(readable));
    for (const message of readable) await settle(message, undefined, disposition);
  };
  const step = async (): Promise<boolean> => {
    const messages = await bus.receive(concurrency, config.bus.visibilitySeconds * 1000, false);
    await Promise.all(messages.map(work));
    if (messages.length > 0) return true;
    const batch = await bus.receive(BATCH, config.bus.visibilitySeconds * 1000, true);
    await workBatch(batch);
    return batch.length > 0;
  };

  return {
    store,
    files,
    clock,
    bus,
    search: memorySearchIndex(store, embedder),
    events: published,
    recorded: metrics.recorded,
    begin,
    async hint(path, source = 'files') {
      await bus.publish([objectEvent('Object Created', source, path, shared)]);
    },
    step,
    async runUntilIdle() {
      for (;;) {
        while (await step());
        const { nextAt } = await bus.pending();
        if (nextAt === undefined) return;
        clock.advance(nextAt - clock.now());
      }
    },
  };
}

const storePorts = (unit: Unit) => ({
  ledger: memoryLedger(unit),
  work: memoryWorkStore(unit),
  embeddings: memoryEmbeddingCache(unit),
  vectors: memoryVectors(unit),
  keywords: memoryKeywords(unit),
  audit: memoryAudit(unit),
  traces: memoryTraces(unit),
  findings: memoryFindings(unit),
  ruleHistory: memoryRuleHistory(unit),
});
