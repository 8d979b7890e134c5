import { SluiceError } from '#core/errors.ts';
import type { AuditEntry } from '#core/ports/audit.ts';
import type { Message } from '#core/ports/bus.ts';
import type { Config } from '#schemas/config.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId, EmbeddingKey, VectorKey, WorkKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { StoredMeasures } from './memory-rule-history.ts';
import type { StoredTrace } from './memory-traces.ts';

/** `held`: a consumer has it. */
export type StoredMessage = Message & { priority: number; visibleAt: number; held: boolean };
export type DeadLetter = Message & { code: string; error: string; at: number };
export type Step = { document: DocumentId; generation: number; step: string };
/** A chunk's words, each with how often it occurs, and their number. */
export type Words = { counts: ReadonlyMap<string, number>; length: number };

/** All that a world keeps. Two worlds over one store are one world before and after a restart. */
export type Store = {
  heads: Map<DocumentId, Head>;
  manifests: Map<string, Manifest>;
  steps: Map<string, Step>;
  /** JSON text, so that no stage sees what another one changes afterwards. */
  work: Map<WorkKey, string>;
  embeddings: Map<EmbeddingKey, Float32Array>;
  vectors: Map<VectorKey, Float32Array>;
  keywords: Map<VectorKey, Words>;
  traces: Map<string, StoredTrace>;
  findings: Map<string, string>;
  ruleHistory: Map<string, StoredMeasures>;
  audit: Map<number, AuditEntry>;
  messages: Map<number, StoredMessage>;
  deadLetters: Map<number, DeadLetter>;
  revisions: Map<number, Config>;
  /** The last number given to a message or an audit entry. */
  last: number;
};

export const newStore = (): Store => ({
  heads: new Map(),
  manifests: new Map(),
  steps: new Map(),
  work: new Map(),
  embeddings: new Map(),
  vectors: new Map(),
  keywords: new Map(),
  traces: new Map(),
  findings: new Map(),
  ruleHistory: new Map(),
  audit: new Map(),
  messages: new Map(),
  deadLetters: new Map(),
  revisions: new Map(),
  last: 0,
});

/** Changes maps, and remembers how to take the changes back. */
export type Journal = {
  set<K, V>(map: Map<K, V>, key: K, value: V): void;
  delete<K, V>(map: Map<K, V>, key: K): void;
};

/** One write. Throws `conflict` when its condition does not hold. */
export type Write = (journal: Journal) => void;

/** The writes of one transaction, gathered until it commits; reads see what is stored. */
export type Unit = {
  store: Store;
  writes: Write[];
  /** Intermediate results that were written in it, for the stages that follow in it. */
  work: Map<string, string>;
};

export const newUnit = (store: Store): Unit => ({ store, writes: [], work: new Map() });

export const conflict = (what: string): SluiceError => new SluiceError('conflict', `${what} has changed meanwhile`);

/** All of the writes or none: nothing else runs between the first and the last. */
export function commit(writes: readonly Write[]): void {
  const undo: (() => void)[] = [];
  const keep = <K, V>(map: Map<K, V>, key: K): void => {
    const had = map.has(key);
    const before = map.get(key);
    undo.push(() => (had && before !== undefined ? map.set(key, before) : map.delete(key)));
  };
  const journal: Journal = {
    set(map, key, value) {
      keep(map, key);
      map.set(key, value);
    },
    delete(map, key) {
      keep(map, key);
      map.delete(key);
    },
  };
  try {
    for (const write of writes) write(journal);
  } catch (error) {
    for (const takeBack of undo.reverse()) takeBack();
    throw error;
  }
}
