import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parsePool } from '#adapters/parsing/parse-pool.ts';
import { pooledOcr } from '#adapters/parsing/pooled-ocr.ts';
import { siblingModule } from '#adapters/parsing/sibling-module.ts';
import { withTemporaryFile } from '#adapters/parsing/temporary-file.ts';
import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import { SluiceError } from '#core/errors.ts';
import { fingerprints } from '#core/fingerprint.ts';
import { matchingBelow } from '#core/ignoring.ts';
import { countDeadLetter } from '#core/measure/count-run.ts';
import { sourcesWithMembers } from '#core/members/sources-with-members.ts';
import type { Message } from '#core/ports/bus.ts';
import type { LetterCount } from '#core/ports/dead-letters.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import type { Ports, Transaction } from '#core/ports/index.ts';
import { carryOut } from '#core/review/carry-out.ts';
import type { Deciding } from '#core/review/decide.ts';
import { successorOf, urgencyOf } from '#core/routing.ts';
import { objectEvent, recordFailure, SUPERSEDED, type Successor } from '#core/runtime.ts';
import { documentId } from '#core/stages/detect-change.ts';
import { STAGES, stageOf } from '#core/stages/index.ts';
import type { Config } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { startConsumer } from './consumer.ts';
import { redriveLetters } from './dead-letters.ts';
import { type Eraser, eraser } from './erasure/erase.ts';
import { folderSources } from './folder/folder-sources.ts';
import type { Scan, ScanAnswer, ScanRequest } from './folder/scan-thread.ts';
import { localWorkStore, takeUpWorkFiles, WorkMemory } from './local-work-store.ts';
import { makeFolder } from './make-folder.ts';
import { storedPolicies } from './policies.ts';
import { refuseDeployedOnly } from './refuse-deployed-only.ts';
import { PATIENCE_MS, restlessDocuments } from './restless.ts';
import { retaining } from './retention.ts';
import { ownership } from './scan-request.ts';
import { commandSpeech } from './speech/command-speech.ts';
import { speechCommandOf } from './speech/presets.ts';
import { type Db, openDb, toError } from './sqlite/db.ts';
import type { Statement } from './sqlite/protocol.ts';
import { startThread, type Thread } from './sqlite/thread.ts';
import { newUnit, savepointOf } from './sqlite/unit.ts';
import { sqliteAudit } from './sqlite-audit.ts';
import { acknowledging, burying, publishing, sqliteBus } from './sqlite-bus.ts';
import { sqliteFindings } from './sqlite-findings.ts';
import { sqliteEmbeddingCache, sqliteKeywords, sqliteVectors } from './sqlite-indexes.ts';
import { markDone, sqliteLedger } from './sqlite-ledger.ts';
import { sqliteMetrics } from './sqlite-metrics.ts';
import { sqliteRuleHistory } from './sqlite-rule-history.ts';
import { sqliteTraces } from './sqlite-traces.ts';
import { storeKeys } from './store-key.ts';
import { formerRoots, type SweepOptions, sweeper } from './sweep.ts';
import { childTables } from './tables/child-tables.ts';
import { namedTokenKey, withTokenKey } from './token-key.ts';
import { proveVault, vaultOf } from './vault/local-vault.ts';

export type WorldOptions = {
  dataDir: string;
  config: Config;
  /** Every event, once it is durable. */
  onEvent?: (event: BusEvent) => void;
  /** A message became a dead letter, or was dropped because its file never kept still (`growing`). */
  onDeadLetter?: (letter: { stage: string; code: string; message: string; document: DocumentId | undefined }) => void;
  /** The index itself failed, and nothing is worked on any more. */
  onFailure?: (error: unknown) => void;
  /** Opened to remove what is there: a vault whose key is lost does not stand in the way of that. */
  onlyRemoves?: boolean;
  /** How long a file that is being written all the time is waited for. */
  patienceMs?: number;
  /** Files younger than this may still grow; 0 where nothing is written meanwhile. */
  quietMs?: number;
};

/** The embedder that a configuration names. Throws `invalid-config` for what needs a deployment to AWS. */
export function embedderOf(config: Config): Embedder {
  refuseDeployedOnly(config);
  return lexicalEmbedder({ dimensions: config.embedding.dimensions });
}

/** The local world: every port met on this machine, in one process that owns the data directory. */
export type World = {
  readonly ports: Ports;
  readonly config: Config;
  /** Compares folders or files with the ledger, and sends the pipeline a hint for each difference. */
  sweep(target: string, options: SweepOptions): Promise<Scan>;
  publish(events: readonly BusEvent[]): Promise<void>;
  /** Puts the dead letters of a stage, or of all, back into their queues; answers how many of which. */
  redrive(stage: string | undefined): Promise<LetterCount[]>;
  /** Carries out a person's decision about a held document. */
  decide(deciding: Deciding): Promise<void>;
  /** For when everything has been worked through. */
  readonly eraser: Eraser;
  /** Resolves when everything that was sent has been worked through. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

const ENDS: readonly string[] = ['document.indexed', 'document.rejected', 'document.held', 'document.unindexed'];

/** Hints in flight at most, so that a million new files do not become a million rows first. */
const HINTS = 2_000;

/** The fingerprint that a document indexed under this configuration has. */
export const currentFingerprint = (config: Config): string =>
  fingerprints(STAGES, embedderOf(config))('embed', withTokenKey(config, process.env));

export async function openWorld(options: WorldOptions): Promise<World> {
  makeFolder(options.dataDir);
  const dataDir = realpathSync(options.dataDir);
  const embedder = embedderOf(options.config);
  const starting = startThread<ScanRequest, ScanAnswer>(siblingModule(import.meta.url, './folder/scan-thread'), undefined, toError);
  const opening = openDb({ dataDir, model: embedder.model, dimensions: embedder.dimensions });
  try {
    return await assemble(options, dataDir, await opening, embedder, await starting);
  } catch (error) {
    for (const opened of await Promise.allSettled([opening, starting])) if (opened.status === 'fulfilled') await opened.value.close();
    throw error;
  }
}

type Scanner = Thread<ScanRequest, ScanAnswer>;

async function assemble(options: WorldOptions, dataDir: string, db: Db, embedder: Embedder, scanner: Scanner): Promise<World> {
  const config = withTokenKey(options.config, process.env);
  const now = (): number => Date.now();
  const workFolder = path.join(dataDir, 'work');
  const memory = new WorkMemory(workFolder);
  const roots = await formerRoots(db);
  const { processes = availableParallelism(), memoryMb, timeoutSeconds } = config.parsing;
  const parsers = parsePool({ size: processes, memoryMb, timeoutSeconds });
  const ocr = pooledOcr(config, parsers);
  const tables = childTables();
  const closing = new AbortController();
  const isUrgent = urgencyOf(config);
  const bus = sqliteBus(db, String(process.pid), now, isUrgent);
  await takeUpWorkFiles(db, workFolder, memory);
  const vault = vaultOf(dataDir, config.pii.vault && !options.onlyRemoves, process.env);
  const metrics = sqliteMetrics(db, now, config.metrics.keepDays);

  const shared = {
    clock: { now },
    ids: { next: randomUUID },
    keys: storeKeys(dataDir),
    tokenKeys: () => namedTokenKey(process.env),
    policies: await storedPolicies(db, config),
    fingerprint: fingerprints(STAGES, embedder),
    sources: sourcesWithMembers({
      sources: folderSources({ now, roots: () => roots, owns: ownership(dataDir, config, () => roots), quietMs: options.quietMs ?? 0 }),
      parsers,
      lend: withTemporaryFile,
      isIgnored: matchingBelow(config.intake.ignore),
    }),
    parsers,
    ...(ocr && { ocr }),
    ...(config.extraction.speech === 'command' && { speech: commandSpeech(speechCommandOf(config), closing.signal) }),
    embedder,
    tables,
    metrics,
  };
  const portsFor = (unit: ReturnType<typeof newUnit>): Ports => ({
    ...shared,
    ledger: sqliteLedger(unit),
    work: localWorkStore(unit, workFolder, memory),
    embeddings: sqliteEmbeddingCache(unit, now),
    vectors: sqliteVectors(unit),
    keywords: sqliteKeywords(unit),
    audit: sqliteAudit(unit),
    traces: sqliteTraces(unit),
    findings: sqliteFindings(unit, now),
    vault,
    ruleHistory: sqliteRuleHistory(unit),
  });
  const documentOfEvent = (event: BusEvent | undefined): DocumentId | undefined => {
    if (event?.source === 'aws.s3') return documentId(shared.keys, event.detail.bucket.name, event.detail.object.key);
    return event?.source === 'sluice' ? event.detail.document : undefined;
  };
  const restless = restlessDocuments(options.patienceMs ?? PATIENCE_MS, now);
  const giveUp = (stage: string, event: BusEvent | undefined): void => {
    const name = event?.source === 'aws.s3' ? event.detail.object.key : 'a file';
    const message = `reading ${name}: it is being written all the time; a later pass looks at it again`;
    options.onDeadLetter?.({ stage, code: 'growing', message, document: documentOfEvent(event) });
  };
  /** When a stage's event is due; undefined: not at all. One of the source's says that other bytes were found than observed. */
  const dueAt = (event: BusEvent): number | undefined => {
    const document = documentOfEvent(event);
    if (document === undefined) return 0;
    if (event.source === 'aws.s3') {
      if (event.detail.reason !== SUPERSEDED) return 0;
      const wait = restless.again(document);
      return wait === undefined ? undefined : now() + wait;
    }
    if (ENDS.includes(event['detail-type'])) restless.settled(document);
    return 0;
  };
  const successor: Successor = (event) => {
    const next = successorOf(event);
    return next && stageOf(next);
  };
  /** `extra` commits with the transaction's own writes. */
  const begin = (messages: readonly Message[], extra: readonly Statement[] = []): Transaction => {
    const unit = newUnit(db);
    return {
      ports: portsFor(unit),
      savepoint: () => savepointOf(unit),
      async commit({ events, done, carried = [] }) {
        const steps = [done, ...carried.map((one) => one.done)].filter((step) => step !== undefined);
        const marks = steps.map(({ document, generation, step }) => markDone(document, generation, step));
        const taken = new Map(carried.map(({ event, stage }) => [event, stage]));
        const acknowledged = messages.length > 0 ? [acknowledging(messages)] : [];
        const dated = events.map((event) => ({ event, at: dueAt(event) }));
        const published = dated.flatMap(({ event, at }) =>
          at === undefined ? [] : publishing([event], { dueAt: at, but: taken.get(event), isUrgent }),
        );
        await db.commit([...unit.statements, ...published, ...marks, ...acknowledged, ...extra]);
        for (const after of unit.afterCommit) after();
        if (events.length > 0) consumer.wake();
        for (const { event, at } of dated) {
          options.onEvent?.(event);
          if (at === undefined) giveUp('detect-change', event);
        }
      },
    };
  };
  const consumer = startConsumer({
    bus,
    begin,
    successor,
    async bury(message, event, error) {
      const code = error instanceof SluiceError ? error.code : 'bug';
      const told = error instanceof Error ? error.message : String(error);
      const stack = error instanceof Error ? (error.stack ?? told) : told;
      const document = documentOfEvent(event);
      const transaction = begin([], burying(message, { document, code, error: stack, at: now() }));
      if (event) await recordFailure(stageOf(message.stage), event, error, transaction.ports);
      await transaction.commit({ events: [] });
      countDeadLetter({ name: message.stage }, event, metrics);
      options.onDeadLetter?.({ stage: message.stage, code, message: told, document });
    },
    attempts: config.bus.attempts,
    visibilityMs: config.bus.visibilitySeconds * 1000,
    backoffMs: config.bus.backoffMs,
    random: Math.random,
    now,
    patienceMs: options.patienceMs,
    onGivenUp: ({ stage }, event) => giveUp(stage, event),
    onFailure: options.onFailure,
  });
  const retain = retaining({ db, dataDir, retention: config.retention, now, begin: () => begin([]) });
  const publish = async (events: readonly BusEvent[]): Promise<void> => {
    await bus.publish(events);
    consumer.wake();
  };

  const hint = async (kind: 'Object Created' | 'Object Deleted', source: string, files: readonly string[]): Promise<void> => {
    if (kind === 'Object Created' && files.length > 0) parsers.warm();
    for (let i = 0; i < files.length; i += HINTS / 4) {
      await publish(files.slice(i, i + HINTS / 4).map((file) => objectEvent(kind, source, file, shared)));
      while ((await bus.pending()).count > HINTS * 10) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  const sweep = sweeper({ db, scanner, dataDir, config, roots, hint });
  const mayMask = (): void => (config.pii.vault ? proveVault(vault) : undefined);
  const removing = { db, dataDir, ids: shared.ids, retention: config.retention, mayMask };
  return {
    ports: portsFor(newUnit(db)),
    config,
    publish,
    async redrive(stage) {
      const moved = await redriveLetters(db, stage);
      consumer.wake();
      return moved;
    },
    decide: (deciding) => carryOut(deciding, () => begin([])),
    eraser: eraser({ ...removing, ports: portsFor(newUnit(db)), begin: () => begin([]) }),
    async sweep(target, how) {
      await retain();
      return sweep(target, how);
    },
    async idle() {
      await consumer.idle();
      await metrics.flush();
    },
    async close() {
      // Documents that are being parsed are given back: their parsers may take long.
      closing.abort();
      tables.close();
      await Promise.all([consumer.stop(), parsers.close(), scanner.close()]);
      await metrics.flush();
      vault?.close();
      await db.close();
    },
  };
}
