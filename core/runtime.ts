import type { BusEvent, SluiceEvent } from '#schemas/events/index.ts';
import { SLUICE_SOURCE } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import { errorKind, Held, SluiceError } from './errors.ts';
import { countAge, countRetry, timed } from './measure/count-run.ts';
import { hold, problem, reject, runAgain } from './outcomes.ts';
import type { Carried, Ports, Step, Transaction } from './ports/index.ts';
import type { Emitted, Hint, Stage } from './stage.ts';

/** What becomes of a message: gone, given again later, or a dead letter. */
export type Disposition =
  | { kind: 'done'; events: readonly BusEvent[] }
  | { kind: 'retry'; error: unknown; afterMs: number | undefined }
  | { kind: 'dead'; error: unknown };

const MAX_HOPS = 30;
/** Conflicts come from another stage's write to the same head, so a few tries settle them. */
const MAX_CONFLICTS = 20;

const isOurs = (event: BusEvent): event is SluiceEvent => event.source === SLUICE_SOURCE;

type Stamps = Pick<Ports, 'ids' | 'clock'>;

const stamped = ({ ids, clock }: Stamps) => ({
  version: '0' as const,
  id: ids.next(),
  account: '',
  region: '',
  time: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
  resources: [],
});

export const envelope = ({ name, detail }: Emitted, ports: Stamps): SluiceEvent =>
  ({ ...stamped(ports), source: SLUICE_SOURCE, 'detail-type': name, detail }) as SluiceEvent;

/** The event of a source about one of its objects, as S3 sends it: a hint to look at it. */
export function objectEvent(
  kind: 'Object Created' | 'Object Deleted',
  source: string,
  key: string,
  ports: Stamps,
  reason?: string,
): BusEvent {
  return {
    ...stamped(ports),
    source: 'aws.s3',
    'detail-type': kind,
    detail: { version: '0', bucket: { name: source }, object: { key }, ...(reason !== undefined && { reason }) },
  };
}

/** One step of one generation: a repeated event about it has nothing left to do. */
function stepOf(stage: Stage, event: SluiceEvent): string {
  const { detail } = event;
  const part = 'batch' in detail ? `${detail.plan}#${detail.batch}` : 'again' in detail ? `#${detail.again}` : '';
  return `${stage.name}:${event['detail-type']}${part}`;
}

/** The stage that takes an event next, if just one does. */
export type Successor = (event: BusEvent) => Stage | undefined;

async function runOnce(stage: Stage, event: BusEvent, transaction: Transaction, successor: Successor): Promise<readonly BusEvent[]> {
  const { ports } = transaction;
  countAge(stage, event, ports);
  if (!isOurs(event)) {
    const events = await emittedBy(stage, event, ports);
    await transaction.commit({ events });
    return events;
  }
  const { document, generation } = event.detail;
  const done = { document, generation, step: stepOf(stage, event) };
  const [head, isDone] = await Promise.all([ports.ledger.head(document), ports.ledger.isDone(document, generation, done.step)]);
  const isOver = (head?.committed?.generation ?? 0) >= generation;
  if (isOver || isDone) {
    await transaction.commit({ events: [] });
    return [];
  }
  const events = await emittedBy(stage, event, ports);
  const { events: more, carried } = await carryOn(events, transaction, successor);
  const all = [...events, ...more];
  await transaction.commit({ events: all, done, carried });
  return all;
}

async function emittedBy(stage: Stage, event: BusEvent, ports: Ports): Promise<BusEvent[]> {
  if (isOurs(event) && event.detail.hops > MAX_HOPS)
    throw new SluiceError('too-many-hops', `${stage.name}: the document went through more than ${MAX_HOPS} steps`);
  const emitted = await timed(stage, ports, () => stage.run(event, ports));
  return emitted.map((one) => told(one, ports));
}

export const told = (one: Emitted | Hint, ports: Stamps): BusEvent =>
  'lookAt' in one ? objectEvent('Object Created', one.source, one.lookAt, ports, one.reason) : envelope(one, ports);

/**
 * Runs the stages that follow in the same transaction, as long as there is one event and one stage for it: a document
 * then takes a few transactions instead of one for each stage. A stage that has to be tried again gets its own message;
 * a failure that is an outcome is carried out here.
 */
async function carryOn(
  first: readonly BusEvent[],
  { ports, savepoint }: Transaction,
  successor: Successor,
): Promise<{ events: BusEvent[]; carried: Carried[] }> {
  const events: BusEvent[] = [];
  const carried: Carried[] = [];
  let latest = first;
  while (savepoint) {
    const [event] = latest;
    const stage = latest.length === 1 && event ? successor(event) : undefined;
    if (!event || !stage || !isOurs(event)) break;
    const { document, generation } = event.detail;
    const done = { document, generation, step: stepOf(stage, event) };
    const undo = savepoint();
    try {
      latest = await emittedBy(stage, event, ports);
      carried.push({ event, stage: stage.name, done });
    } catch (error) {
      undo();
      const settled = await settle(stage, event, error, ports);
      if (!settled) break;
      events.push(...settled.events);
      carried.push({ event, stage: stage.name, ...(settled.done && { done: settled.done }) });
      break;
    }
    events.push(...latest);
  }
  return { events, carried };
}

/**
 * Runs one stage on one event: stops if superseded, skips what is done, runs, records, publishes, and sorts failures.
 * Every world calls this and nothing else; how long a retry waits and where dead letters go is the caller's.
 */
export async function runStage(
  stage: Stage,
  event: BusEvent,
  begin: () => Transaction,
  successor: Successor = () => undefined,
): Promise<Disposition> {
  try {
    return { kind: 'done', events: await retryingConflicts(() => runOrSettle(stage, event, begin, successor)) };
  } catch (error) {
    return failed(error);
  }
}

/** Does work again while it conflicts with what another stage writes to the same head. */
export async function retryingConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let conflicts = 0; ; conflicts++) {
    try {
      return await work();
    } catch (error) {
      const isConflict = error instanceof SluiceError && error.code === 'conflict';
      if (!isConflict || conflicts >= MAX_CONFLICTS) throw error;
    }
  }
}

async function runOrSettle(stage: Stage, event: BusEvent, begin: () => Transaction, successor: Successor): Promise<readonly BusEvent[]> {
  try {
    return await runOnce(stage, event, begin(), successor);
  } catch (error) {
    const transaction = begin();
    const settled = isOurs(event) ? await settle(stage, event, error, transaction.ports) : undefined;
    if (!settled) {
      countRetry(stage, error, transaction.ports);
      throw error;
    }
    await transaction.commit(settled);
    return settled.events;
  }
}

const failed = (error: unknown): Disposition =>
  error instanceof SluiceError && error.retryable ? { kind: 'retry', error, afterMs: error.retryAfterMs } : { kind: 'dead', error };

/** Runs a batch route's stage on what it takes at once. */
export async function runStageBatch(stage: Stage, events: readonly BusEvent[], begin: () => Transaction): Promise<Disposition> {
  const transaction = begin();
  const { ports } = transaction;
  try {
    for (const event of events.slice(0, 1)) countAge(stage, event, ports);
    const emitted = await timed(stage, ports, async () => stage.runBatch?.(events, ports) ?? []);
    const out = emitted.map((one) => envelope(one, ports));
    await transaction.commit({ events: out });
    return { kind: 'done', events: out };
  } catch (error) {
    countRetry(stage, error, ports);
    return failed(error);
  }
}

/**
 * Carries out a failure that is an outcome: a rejection, a hold, or that what the event is about is no longer there. The
 * caller commits the answer; undefined: it is no outcome.
 */
async function settle(
  stage: Stage,
  event: SluiceEvent,
  error: unknown,
  ports: Ports,
): Promise<{ events: readonly BusEvent[]; done?: Step } | undefined> {
  const outcome = outcomeOf(error);
  if (!outcome) return undefined;
  const { document, generation } = event.detail;
  const head = await ports.ledger.head(document);
  const events = head?.generation === generation ? await outcome(stage, event, head, ports) : [];
  const isAgain = events.some((next) => next['detail-type'] === 'document.changed');
  if (!isAgain && (head?.committed?.generation ?? 0) < generation) await forget(event, ports);
  return { events, ...(!isAgain && { done: { document, generation, step: stepOf(stage, event) } }) };
}

/** A generation that will never be committed leaves no chunks behind. */
async function forget({ detail }: SluiceEvent, { vectors, keywords }: Ports): Promise<void> {
  for (const store of [vectors, keywords]) await store.prune?.(detail.document, [detail.generation, detail.generation], new Set());
}

type Outcome = (stage: Stage, event: SluiceEvent, head: Head, ports: Ports) => Promise<readonly BusEvent[]>;

function outcomeOf(error: unknown): Outcome | undefined {
  const enveloped =
    (outcome: (...args: Parameters<Outcome>) => Promise<(Emitted | Hint)[]>): Outcome =>
    async (stage, event, head, ports) =>
      (await outcome(stage, event, head, ports)).map((emitted) => told(emitted, ports));
  if (error instanceof Held) return enveloped((stage, { detail }, head, ports) => hold(stage.name, detail, head, error, ports));
  if (!(error instanceof SluiceError)) return undefined;
  if (error.code === 'superseded') return (stage, event, head, ports) => abandon(stage, event, head, error, ports);
  if (error.code === 'not-found') return enveloped((_stage, { detail }, head, ports) => runAgain(detail, head, ports));
  return errorKind(error) === 'reject'
    ? enveloped((stage, { detail }, head, ports) => reject(stage.name, detail, head, error, ports))
    : undefined;
}

/** The reason in a hint to look again at what was not as it had been observed. */
export const SUPERSEDED = 'superseded';

/** Sees to it that the source is looked at again, and that what is there then counts as new even if it looks the same. */
async function abandon(stage: Stage, { detail }: SluiceEvent, head: Head, error: SluiceError, ports: Ports): Promise<BusEvent[]> {
  const at = ports.clock.now();
  await ports.ledger.put({ ...head, problem: problem(stage.name, detail.generation, error.code, error.message, at), updatedAt: at });
  return [objectEvent('Object Created', head.source, head.nativeId, ports, SUPERSEDED)];
}

/** Writes into the head that its message became a dead letter; the caller commits it with the letter. */
export async function recordFailure(stage: Stage, event: BusEvent, error: unknown, ports: Ports): Promise<void> {
  if (!isOurs(event)) return;
  const { document, generation } = event.detail;
  const head = await ports.ledger.head(document);
  if (head?.generation !== generation || head.state === 'indexed') return;
  const at = ports.clock.now();
  const code = error instanceof SluiceError ? error.code : 'bug';
  const message = error instanceof SluiceError ? error.message : 'an error in Sluice itself; the dead letter has its stack';
  await ports.ledger.put({ ...head, state: 'failed', problem: problem(stage.name, generation, code, message, at), updatedAt: at });
}
