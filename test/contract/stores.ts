import type { MemoryClock } from '#adapters/memory/memory-clock.ts';
import type { Bus, Message } from '#core/ports/bus.ts';
import type { Keys, Policies, Ports } from '#core/ports/index.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import type { Config } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';

export const DIMENSIONS = 64;

export type StorePorts = Pick<
  Ports,
  'ledger' | 'work' | 'embeddings' | 'vectors' | 'keywords' | 'audit' | 'traces' | 'ruleHistory' | 'findings'
>;
export type Result = { events?: readonly BusEvent[]; done?: { document: DocumentId; generation: number; step: string } };
export type StoreTransaction = { ports: StorePorts; commit(result?: Result): Promise<void> };
export type Letter = { stage: string; body: string; attempts: number; code: string; error: string };
export type Entry = { document: string; generation: number; at: string; event: string; facts: Record<string, unknown> };

/** One world's stores as its stages see them, and a look behind them. */
export type Stores = {
  begin(): StoreTransaction;
  auditOf(document: DocumentId): Promise<Entry[]>;
  search(): SearchIndex;
  policies(config: Config): Promise<Policies>;
  keys(): Keys;
  /** As after a restart: what was committed is there, and nobody holds a lease. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

/** Stores of a world whose queues are part of it: messages are acknowledged by the transaction that carries them out. */
export type QueuedStores = Stores & {
  clock: MemoryClock;
  bus: Bus;
  begin(messages?: readonly Message[]): StoreTransaction;
  bury(message: Message, code: string, error: string): Promise<void>;
  deadLetters(): Promise<Letter[]>;
};

type Opens<S> = [name: string, open: () => Promise<S>][];

/** Whether this run is about the AWS world, which needs an emulator: `npm run test:aws`. */
export const isAws = process.env.SLUICE_CONTRACT_WORLD === 'aws';

export const QUEUED_STORES: Opens<QueuedStores> = [
  ['memory', async () => (await import('./memory-stores.ts')).memoryStores()],
  ['local', async () => (await import('./local-stores.ts')).localStores()],
];

export const STORES: Opens<Stores> = isAws ? [['aws', async () => (await import('./aws-stores.ts')).awsStores()]] : QUEUED_STORES;
