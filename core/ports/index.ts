import type { Config, Source } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { StageName } from '#schemas/routes.ts';
import type { Fingerprints } from '../fingerprint.ts';
import type { Audit } from './audit.ts';
import type { Embedder } from './embedder.ts';
import type { FindingsCache } from './findings.ts';
import type { Guardrail } from './guardrail.ts';
import type { EmbeddingCache, KeywordIndex, VectorStore } from './indexes.ts';
import type { Judge } from './judge.ts';
import type { LanguageService } from './language.ts';
import type { Ledger } from './ledger.ts';
import type { Metrics } from './metrics.ts';
import type { AnyOcr } from './ocr.ts';
import type { Parsers } from './parsers.ts';
import type { PersonalDataFinder } from './pii.ts';
import type { RuleHistory } from './rule-history.ts';
import type { Sources } from './sources.ts';
import type { Speech } from './speech.ts';
import type { TableEngine } from './table-engine.ts';
import type { Tasks } from './tasks.ts';
import type { Traces } from './traces.ts';
import type { Vault } from './vault.ts';
import type { Vision } from './vision.ts';
import type { WorkStore } from './work-store.ts';

/** Milliseconds since 1970. */
export type Clock = { now(): number };
/** Names that no other run gives. */
export type Ids = { next(): string };

/** HMAC-SHA-256 under the store key, cut to 128 bits, as hex. `purpose` keeps equal texts of different uses apart. */
export type Keys = { hash(purpose: string, text: string): string };

/** What tokens are made with, and its id; empty for the store key. */
export type TokenKey = Keys & { readonly id: string };

/**
 * The key that tokens are made with, by its id. An id that is not at hand any more gets the newest, under its own id: what is
 * masked with it has the fingerprint of the older one, so a refresh looks at it again.
 */
export type TokenKeys = (id: string) => Promise<TokenKey>;

/** What a document is processed by: the configuration's numbered revision, and the rules of its source. */
export type Policies = {
  /** The newest revision's number. */
  readonly current: number;
  /** Throws `not-found` for a revision that was never stored. */
  at(revision: number): Promise<Config>;
  /** The source's rules; those of `files` for a source that is not declared (any more). */
  source(config: Config, name: string): Source;
};

/** Everything that core needs from outside. A stage asks for what it uses. */
export type Ports = {
  clock: Clock;
  ids: Ids;
  keys: Keys;
  policies: Policies;
  fingerprint: Fingerprints;
  sources: Sources;
  parsers: Parsers;
  /** Absent where a world has none; the configuration says whether it is asked for. */
  ocr?: AnyOcr;
  speech?: Speech;
  vision?: Vision | undefined;
  tasks?: Tasks;
  tables?: TableEngine;
  /** Absent where nothing judges tables. */
  ruleHistory?: RuleHistory;
  pii?: PersonalDataFinder | undefined;
  guardrail?: Guardrail | undefined;
  judge?: Judge | undefined;
  /** Absent where looking a document through again costs less than keeping what was found. */
  findings?: FindingsCache | undefined;
  /** Absent where tokens have no key of their own. */
  tokenKeys?: TokenKeys | undefined;
  /** Present where the configuration asks for one. */
  vault?: Vault | undefined;
  language?: LanguageService | undefined;
  ledger: Ledger;
  work: WorkStore;
  embedder: Embedder;
  embeddings: EmbeddingCache;
  vectors: VectorStore;
  keywords: KeywordIndex;
  audit: Audit;
  traces: Traces;
  metrics: Metrics;
};

/** One step of one generation of a document. */
export type Step = { document: DocumentId; generation: number; step: string };

/** An event that its stage took in the transaction that emits it: it is published, but not put into that stage's queue. */
export type Carried = { event: BusEvent; stage: StageName; done?: Step };

/**
 * One run of one stage. Writes made through `ports` take effect with `commit` where the world can do so (one
 * transaction with the events and the done mark); else in the order written, then the events, then the mark. A
 * transaction that is not committed leaves nothing that anyone reads.
 */
export type Transaction = {
  readonly ports: Ports;
  /** Throws `conflict` when a condition of the ledger no longer holds. */
  commit(result: { events: readonly BusEvent[]; done?: Step; carried?: readonly Carried[] }): Promise<void>;
  /**
   * Marks a point that the answer takes the transaction back to. Present where all of a transaction takes effect at once:
   * there the stages that follow can run in it too.
   */
  savepoint?(): () => void;
};
