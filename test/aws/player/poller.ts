import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { LambdaFunction, Mapping } from '../graph/inputs.ts';
import type { Pool } from './pool.ts';
import type { Slots } from './slots.ts';
import { carriedOut, sqsEvent } from './sqs-event.ts';

/** Most that one call of SQS gives or takes. */
const SQS_BATCH = 10;
/** Calls at once of one lane: enough for its messages to meet each other, and few enough for a test machine. */
const AT_ONCE = 2;
/** How long a batch is waited for at most; a shorter time than the mapping's makes smaller batches, never wrong ones. */
const WINDOW_MS = 400;
/** A queue is looked at this often when nothing says that something came; `wakes.ts` says it of all that this harness knows. */
const LOOK_MS = 10_000;
/** The emulator's clock and ours may differ by this much. */
const ROUNDING_MS = 20;
/** Most that Lambda takes as an event: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const EVENT_BYTES = 6 * 1024 * 1024;

export type Poller = {
  /** Something may have come. */
  wake(afterMs?: number): void;
  /** Calls in work. */
  readonly busy: number;
  stop(): void;
};

type Options = {
  mapping: Mapping;
  of: LambdaFunction;
  queueUrl: string;
  sqs: SQSClient;
  pool: Pool;
  slots: Slots;
  onDelivered: (bodies: readonly string[]) => void;
  onSettled: () => void;
};

/** Feeds a queue's messages to its function, as the mapping says: batch size, window, calls at once, partial failures. */
export function startPoller({ mapping, of, queueUrl, sqs, pool, slots, onDelivered, onSettled }: Options): Poller {
  const { batchSize, maximumBatchingWindowInSeconds, scalingConfig, eventSourceArn } = mapping;
  const atOnce = Math.min(scalingConfig.maximumConcurrency, AT_ONCE);
  const windowMs = Math.min(maximumBatchingWindowInSeconds * 1000, WINDOW_MS);
  let busy = 0;
  let stopped = false;
  let isLooking = false;
  /** Something may have come since the last look began. */
  let isWanted = false;
  /** A batch has the mapping's time to fill. */
  let isFilling = false;

  const receive = async (most: number): Promise<Message[]> => {
    const wanted = { QueueUrl: queueUrl, MaxNumberOfMessages: most };
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ ...wanted, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
    );
    return Messages;
  };
  const gather = async (): Promise<Message[]> => {
    const batch: Message[] = [];
    for (let isMore = true; isMore && batch.length < batchSize; ) {
      const wanted = Math.min(batchSize - batch.length, SQS_BATCH);
      const found = await receive(wanted);
      batch.push(...found);
      // The emulator gives what there is; one that gave less has no more.
      isMore = found.length === wanted;
    }
    return batch;
  };
  const settle = async (batch: readonly Message[]): Promise<void> => {
    const event = sqsEvent(batch, eventSourceArn);
    if (Buffer.byteLength(JSON.stringify(event)) > EVENT_BYTES) throw new Error(`${of.name}: a batch of more than 6 MB`);
    onDelivered(batch.map(({ Body = '' }) => Body));
    const outcome = await pool.invoke(of, event);
    const done = 'result' in outcome ? carriedOut(batch, outcome.result) : [];
    for (let i = 0; i < done.length; i += SQS_BATCH) {
      const Entries = done.slice(i, i + SQS_BATCH).map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
    // A function that broke has told nothing: its messages are due when their visibility ends, which no test waits for.
    if ('failure' in outcome) await Promise.allSettled(batch.map(({ ReceiptHandle }) => comeBack(ReceiptHandle)));
  };
  const comeBack = (ReceiptHandle: string | undefined) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

  const next = async (): Promise<Message[]> => {
    isWanted = false;
    try {
      return stopped ? [] : await gather();
    } finally {
      isLooking = false;
    }
  };
  const work = async (): Promise<void> => {
    const free = await slots.take();
    try {
      const batch = await next();
      if (batch.length === batchSize) isWanted = true;
      look();
      if (batch.length > 0) await settle(batch);
    } finally {
      free();
    }
  };
  /** One look at a time, but many calls: who found a full batch lets the next one look. */
  const look = (): void => {
    if (stopped || isLooking || !isWanted || busy >= atOnce) return;
    isLooking = true;
    busy++;
    void work()
      .catch((error: unknown) => void (stopped || pool.failures.push({ kind: 'ended', message: String(error), function: of.name })))
      .then(() => {
        busy--;
        look();
        onSettled();
      });
  };
  const want = (): void => {
    isFilling = false;
    isWanted = true;
    look();
  };
  const timer = setInterval(want, LOOK_MS);
  return {
    wake(afterMs = 0) {
      if (afterMs > 0) return void setTimeout(want, afterMs + ROUNDING_MS).unref();
      if (windowMs === 0) return want();
      if (!isFilling) setTimeout(want, windowMs).unref();
      isFilling = true;
    },
    get busy() {
      return busy;
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
