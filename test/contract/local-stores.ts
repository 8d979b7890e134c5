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
import { sqliteFindings } from '#adapters/local/sqlite-findings.ts';
import { sqliteEmbeddingCache, sqliteKeywords, sqliteVectors } from '#adapters/local/sqlite-indexes.ts';
import { markDone, sqliteLedger } from '#adapters/local/sqlite-ledger.ts';
import { sqliteRuleHistory } from '#adapters/local/sqlite-rule-history.ts';
import { sqliteTraces } from '#adapters/local/sqlite-traces.ts';
import { storeKeys } from '#adapters/local/store-key.ts';
import { memoryClock } from '#adapters/memory/memory-clock.ts';
import type { Message } from '#core/ports/bus.ts';
import { DIMENSIONS, type QueuedStores } from './stores.ts';

export async function localStores(): Promise<QueuedStores> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-contract-'));
  const clock = memoryClock(1_000_000);
  const open = () => openDb({ dataDir, model: 'words', dimensions: DIMENSIONS });
  let db = await open();
  let memory = new WorkMemory(path.join(dataDir, 'work'));
  let reader: Connection | undefined;
  const stores: QueuedStores = {
    clock,
    bus: sqliteBus(db, 'test', clock.now),
    begin(messages: readonly Message[] = []) {
      const unit = newSqliteUnit(db);
      return {
        ports: {
          ledger: sqliteLedger(unit),
          work: localWorkStore(unit, path.join(dataDir, 'work'), memory),
          embeddings: sqliteEmbeddingCache(unit, clock.now),
          vectors: sqliteVectors(unit),
          keywords: sqliteKeywords(unit),
          audit: sqliteAudit(unit),
          traces: sqliteTraces(unit),
          ruleHistory: sqliteRuleHistory(unit),
          findings: sqliteFindings(unit, clock.now),
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
      const rows = await db.all(
        "SELECT queue, opened(body, 'event') AS body, attempts, code, opened(error, 'error') AS error FROM dead_letters ORDER BY id",
      );
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
