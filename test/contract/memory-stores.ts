import { memoryAudit } from '#adapters/memory/memory-audit.ts';
import * as inMemory from '#adapters/memory/memory-bus.ts';
import { memoryClock } from '#adapters/memory/memory-clock.ts';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { memoryFindings } from '#adapters/memory/memory-findings.ts';
import { memoryEmbeddingCache, memoryKeywords, memoryVectors } from '#adapters/memory/memory-indexes.ts';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import * as memoryLedgers from '#adapters/memory/memory-ledger.ts';
import { memoryPolicies } from '#adapters/memory/memory-policies.ts';
import { memoryRuleHistory } from '#adapters/memory/memory-rule-history.ts';
import { memorySearchIndex } from '#adapters/memory/memory-search.ts';
import { memoryTraces } from '#adapters/memory/memory-traces.ts';
import { memoryWorkStore } from '#adapters/memory/memory-work-store.ts';
import { commit, newStore, newUnit } from '#adapters/memory/store.ts';
import type { Message } from '#core/ports/bus.ts';
import { DIMENSIONS, type QueuedStores } from './stores.ts';

export async function memoryStores(): Promise<QueuedStores> {
  const store = newStore();
  const clock = memoryClock(1_000_000);
  const stores: QueuedStores = {
    clock,
    bus: inMemory.memoryBus(store, clock.now),
    begin(messages: readonly Message[] = []) {
      const unit = newUnit(store);
      return {
        ports: {
          ledger: memoryLedgers.memoryLedger(unit),
          work: memoryWorkStore(unit),
          embeddings: memoryEmbeddingCache(unit),
          vectors: memoryVectors(unit),
          keywords: memoryKeywords(unit),
          audit: memoryAudit(unit),
          traces: memoryTraces(unit),
          ruleHistory: memoryRuleHistory(unit),
          findings: memoryFindings(unit),
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
