import { SluiceError, spendsNoAttempt } from '#core/errors.ts';
import type { Bus, Message } from '#core/ports/bus.ts';
import type { Transaction } from '#core/ports/index.ts';
import { type Disposition, retryingConflicts, runStage, runStageBatch, type Successor } from '#core/runtime.ts';
import { stageOf } from '#core/stages/index.ts';
import { type BusEvent, readEvent } from '#schemas/events/index.ts';
import { ROUTES } from '#schemas/routes.ts';
import { PATIENCE_MS, waitingRoom } from './restless.ts';

/** Messages in work at once: enough to keep parsers and writer busy, few enough for their documents to fit in memory. */
const CONCURRENCY = 48;
const BATCH = Math.max(...ROUTES.map((route) => route.batch ?? 1));
const LONGEST_BACKOFF_MS = 60_000;
/** A file that is being written is looked at again after this time at the latest. */
const LONGEST_LOOK_MS = 500;

export type ConsumerOptions = {
  bus: Bus;
  /** A transaction that acknowledges the messages when it commits. */
  begin(messages: readonly Message[]): Transaction;
  /** The stage that may take an event in the transaction that emits it. */
  successor: Successor;
  /** Makes a message a dead letter, and says so in its document's head. May throw `conflict`. */
  bury(message: Message, event: BusEvent | undefined, error: unknown): Promise<void>;
  attempts: number;
  visibilityMs: number;
  backoffMs: number;
  random: () => number;
  now: () => number;
  /** How long a file that is being written is waited for. */
  patienceMs?: number | undefined;
  /** A message was dropped because its file never kept still; a later look at the file finds it. */
  onGivenUp?: ((message: Message, event: BusEvent | undefined, error: unknown) => void) | undefined;
  /** The index itself failed: nothing is taken any more. Called once. */
  onFailure?: ((error: unknown) => void) | undefined;
};

export type Consumer = {
  /** Messages were published. */
  wake(): void;
  /** Resolves when no message is left, due or delayed; rejects when the index itself fails. */
  idle(): Promise<void>;
  /** Lets what is in work end, and takes nothing more; what fails meanwhile is given back without counting. */
  stop(): Promise<void>;
};

/** Exponential backoff with full jitter (Brooker, AWS Architecture Blog, 2015). */
const backoff = ({ backoffMs, random }: ConsumerOptions, attempts: number): number =>
  random() * Math.min(LONGEST_BACKOFF_MS, backoffMs * 2 ** Math.min(attempts, 20));

/** Takes messages off the queues and runs their stages: the local part of what Lambda's pollers do. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { bus } = options;
  const inWork = new Set<Message>();
  const waiting = waitingRoom(options.patienceMs ?? PATIENCE_MS, options.now);
  let claiming = false;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let failure: unknown;
  const waiters: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  const lease = setInterval(() => {
    if (inWork.size > 0) void bus.extend([...inWork], options.visibilityMs).catch(fail);
  }, options.visibilityMs / 2);
  lease.unref();

  const fail = (error: unknown): void => {
    if (failure === undefined && !stopped) options.onFailure?.(error);
    failure ??= error;
    for (const { reject } of waiters.splice(0)) reject(failure);
  };

  const settle = async (message: Message, event: BusEvent | undefined, disposition: Disposition): Promise<void> => {
    if (disposition.kind === 'done') {
      waiting.leave(message);
      return;
    }
    const { error } = disposition;
    const isGrowing = error instanceof SluiceError && error.code === 'growing';
    const wait = isGrowing && event && !stopped ? waiting.judge(message, event) : 'wait';
    if (wait !== 'wait') {
      await options.begin([message]).commit({ events: [] });
      if (wait === 'over') {
        waiting.leave(message);
        options.onGivenUp?.(message, event, error);
      }
      return;
    }
    const isFree = spendsNoAttempt(error) || stopped;
    if (disposition.kind === 'retry' && (isFree || message.attempts < options.attempts)) {
      const afterMs = stopped ? 0 : (disposition.afterMs ?? backoff(options, message.attempts));
      await bus.release([message], isGrowing ? Math.min(afterMs, LONGEST_LOOK_MS) : afterMs, !isFree);
      return;
    }
    await retryingConflicts(() => options.bury(message, event, error));
  };

  const work = async (message: Message): Promise<void> => {
    const event = readEvent(message.body);
    if (event instanceof Error) return settle(message, undefined, { kind: 'dead', error: event });
    await settle(message, event, await runStage(stageOf(message.stage), event, () => options.begin([message]), options.successor));
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
    const disposition = await runStageBatch(stageOf(first.stage), events, () => options.begin(readable));
    for (const message of readable) await settle(message, undefined, disposition);
  };

  const track = (messages: readonly Message[], working: Promise<void>): void => {
    for (const message of messages) inWork.add(message);
    working.catch(fail).finally(() => {
      for (const message of messages) inWork.delete(message);
      pump();
    });
  };

  const claim = async (): Promise<void> => {
    const messages = await bus.receive(CONCURRENCY - inWork.size, options.visibilityMs, false);
    for (const message of messages) track([message], work(message));
    // What only records waits until there is a batch of it, or nothing else.
    const room = messages.length === 0 && inWork.size === 0;
    if (!room) return;
    const batch = await bus.receive(BATCH, options.visibilityMs, true);
    if (batch.length > 0) track(batch, workBatch(batch));
    else await rest();
  };

  /** Nothing is due: sleep until the next message is, or until woken. */
  const rest = async (): Promise<void> => {
    const { count, nextAt } = await bus.pending();
    if (again || inWork.size > 0) return;
    if (count === 0) for (const { resolve } of waiters.splice(0)) resolve();
    else if (!stopped) timer = setTimeout(pump, Math.max(1, Math.min((nextAt ?? 0) - options.now(), 1_000)));
  };

  const pump = (): void => {
    if (claiming) {
      again = true;
      return;
    }
    if (stopped || failure || inWork.size > CONCURRENCY / 2) return;
    claiming = true;
    again = false;
    clearTimeout(timer);
    claim()
      .catch(fail)
      .finally(() => {
        claiming = false;
        if (again) pump();
      });
  };

  return {
    wake: pump,
    idle: () =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        waiters.push({ resolve, reject });
        pump();
      }),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      clearInterval(lease);
      while (inWork.size > 0 || claiming) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
