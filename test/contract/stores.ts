import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localWorkStore, WorkMemory } from '#adapters/local/local-work-store.ts';
import { storedPolicies } from '#adapters/local/policies.ts';
import { type Connection, openConnection } from '#adapters/local/sqlite/connection.ts';
import { openDb } from '#adapters/local/sqlite/db.ts';
import { sqliteSearchIndex } from '#adapters/local/sqlite/search-index.ts';
import { newUnit as newSqliteUnit } from '#adapters/local/sqlite/unit.ts';
import { sqliteAudit } from '#adapters/local/sqlite-audit.ts';
import { acknowledging, burying, publishing, sqliteBus } from '#adapters/local/sqlite-bus.ts';
import { sqliteEmbeddingCache, sqliteKeywords, sqliteVectors } from '#adapters/local/sqlite-indexes.ts';
import { markDone, sqliteLedger } from '#adapters/local/sqlite-ledger.ts';
import { storeKeys } from '#adapters/local/store-key.ts';
import { memoryAudit } from '#adapters/memory/memory-audit.ts';
import * as inMemory from '#adapters/memory/memory-bus.ts';
import { type MemoryClock, memoryClock } from '#adapters/memory/memory-clock.ts';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { memoryEmbeddingCache, memoryKeywords, memoryVectors } from '#adapters/memory/memory-indexes.ts';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import * as memoryLedgers from '#adapters/memory/memory-ledger.ts';
import { memoryPolicies } from '#adapters/memory/memory-policies.ts';
import { memorySearchIndex } from '#adapters/memory/memory-search.ts';
import { memoryWorkStore } from '#adapters/memory/memory-work-store.ts';
import { commit, newStore, newUnit } from '#adapters/memory/store.ts';
import type { Bus, Message } from '#core/ports/bus.ts';
import type { Keys, Policies, Ports } from '#core/ports/index.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import type { Config } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';

export const DIMENSIONS = 64;

export type StorePorts = Pick<Ports, 'ledger' | 'work' | 'embeddings' | 'vectors' | 'keywords' | 'audit'>;
export type Result = { events?: readonly BusEvent[]; done?: { document: DocumentId; generation: number; step: string } };
export type StoreTransaction = { ports: StorePorts; commit(result?: Result): Promise<void> };
export type Letter = { stage: string; body: string; attempts: number; code: string; error: string };
export type Entry = { document: string; generation: number; at: string; event: string; facts: Record<string, unknown> };

/** One world's stores as its stages see them, and a look behind them. */
export type Stores = {
  clock: MemoryClock;
  bus: Bus;
  begin(messages?: readonly Message[]): StoreTransaction;
  bury(message: Message, code: string, error: string): Promise<void>;
  deadLetters(): Promise<Letter[]>;
  auditOf(document: DocumentId): Promise<Entry[]>;
  search(): SearchIndex;
  policies(config: Config): Promise<Policies>;
  keys(): Keys;
  /** As after a restart: what was committed is there, and nobody holds a lease. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

async function memoryStores(): Promise<Stores> {
  const store = newStore();
  const clock = memoryClock(1_000_000);
  const stores: Stores = {
    clock,
    bus: inMemory.memoryBus(store, clock.now),
    begin(messages = []) {
      const unit = newUnit(store);
      return {
        ports: {
          ledger: memoryLedgers.memoryLedger(unit),
          work: memoryWorkStore(unit),
          embeddings: memoryEmbeddingCache(unit),
          vectors: memoryVectors(unit),
          keywords: memoryKeywords(unit),
          audit: memoryAudit(unit),
        },
        async commit({ events = [], done } = {}) {
          const mark = done ? [memoryLedgers.markDone(store, done)] : [];
          commit([...unit.writes, inMemory.publishing(store, events), ...mark, inMemory.acknowledging(store, messages)]);
        },
      };
    },
    bury: async (message, code, error) => commit([inMemory.burying(store, message, code, error, clock.now())]),
    deadLetters: async () => [...store.deadLetters.values()],
    auditOf: async (document) => [...store.audit.values()].filter((entry) => entry.document === document),
    search: () => memorySearchIndex(store, memoryEmbedder({ dimensions: DIMENSIONS })),
    policies: async (config) => memoryPolicies(store, config),
    keys: () => memoryKeys('a secret'),
    async reopen() {
      stores.bus = inMemory.memoryBus(store, clock.now);
    },
    close: async () => undefined,
  };
  return stores;
}

async function localStores(): Promise<Stores> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-contract-'));
  const clock = memoryClock(1_000_000);
  const open = () => openDb({ dataDir, model: 'words', dimensions: DIMENSIONS });
  let db = await open();
  let memory = new WorkMemory(path.join(dataDir, 'work'));
  let reader: Connection | undefined;
  const stores: Stores = {
    clock,
    bus: sqliteBus(db, 'test', clock.now),
    begin(messages = []) {
      const unit = newSqliteUnit(db);
      return {
        ports: {
          ledger: sqliteLedger(unit),
          work: localWorkStore(unit, path.join(dataDir, 'work'), memory),
          embeddings: sqliteEmbeddingCache(unit),
          vectors: sqliteVectors(unit),
          keywords: sqliteKeywords(unit),
          audit: sqliteAudit(unit),
        },
        async commit({ events = [], done } = {}) {
          const mark = done ? [markDone(done.document, done.generation, done.step)] : [];
          await db.commit([...unit.statements, ...publishing(events), ...mark, ...(messages.length > 0 ? [acknowledging(messages)] : [])]);
          for (const after of unit.afterCommit) after();
        },
      };
    },
    bury: (message, code, error) => db.commit(burying(message, { document: undefined, code, error, at: clock.now() })),
    async deadLetters() {
      const rows = await db.all('SELECT queue, body, attempts, code, error FROM dead_letters ORDER BY id');
      return rows.map((row) => ({
        stage: String(row.queue),
        body: String(row.body),
        attempts: Number(row.attempts),
        code: String(row.code),
        error: String(row.error),
      }));
    },
    async auditOf(document) {
      const rows = await db.all('SELECT document, generation, at, event, facts FROM audit WHERE document = ? ORDER BY id', [document]);
      return rows.map((row) => ({
        document: String(row.document),
        generation: Number(row.generation),
        at: String(row.at),
        event: String(row.event),
        facts: JSON.parse(String(row.facts)),
      }));
    },
    search() {
      reader ??= openConnection(path.join(dataDir, 'index.db'), true);
      return sqliteSearchIndex(reader);
    },
    policies: (config) => storedPolicies(db, config),
    keys: () => storeKeys(dataDir),
    async reopen() {
      await db.close();
      db = await open();
      memory = new WorkMemory(path.join(dataDir, 'work'));
      stores.bus = sqliteBus(db, 'test', clock.now);
    },
    async close() {
      reader?.close();
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return stores;
}

export const STORES: [name: string, open: () => Promise<Stores>][] = [
  ['memory', memoryStores],
  ['local', localStores],
];
