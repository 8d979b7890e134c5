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
/** How long a batch is gathered at most; a shorter time than the mapping's makes smaller batches, never wrong ones. */
const WINDOW_MS = 400;
/** A queue is looked at this often when nothing says that something came. */
const LOOK_MS = 2_000;
/** Most that Lambda takes as an event: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const EVENT_BYTES = 6 * 1024 * 1024;

export type Poller = {
  /** Something may have come. */
  wake(afterMs?: number): void;
  /** Calls in work. */
  readonly busy: number;
  stop(): void;
};

type Options = { mapping: Mapping; of: LambdaFunction; queueUrl: string; sqs: SQSClient; pool: Pool; slots: Slots; onSettled: () => void };

/** Feeds a queue's messages to its function, as the mapping says: batch size, window, calls at once, partial failures. */
export function startPoller({ mapping, of, queueUrl, sqs, pool, slots, onSettled }: Options): Poller {
  const { batchSize, maximumBatchingWindowInSeconds, scalingConfig, eventSourceArn } = mapping;
  let busy = 0;
  let stopped = false;
  let isLooking = false;
  let isWanted = false;

  const receive = async (most: number): Promise<Message[]> => {
    const wanted = { QueueUrl: queueUrl, MaxNumberOfMessages: Math.min(most, SQS_BATCH) };
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ ...wanted, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
    );
    return Messages;
  };
  const gather = async (): Promise<Message[]> => {
    const deadline = Date.now() + Math.min(maximumBatchingWindowInSeconds * 1000, WINDOW_MS);
    const batch = await receive(batchSize);
    while (batch.length > 0 && batch.length < batchSize) {
      const more = await receive(batchSize - batch.length);
      batch.push(...more);
      if (more.length === 0) {
        if (Date.now() >= deadline) break;
        await new Promise((resolve) => setTimeout(resolve, WINDOW_MS / 4));
      }
    }
    return batch;
  };
  const settle = async (batch: readonly Message[]): Promise<void> => {
    const event = sqsEvent(batch, eventSourceArn);
    if (Buffer.byteLength(JSON.stringify(event)) > EVENT_BYTES) throw new Error(`${of.name}: a batch of more than 6 MB`);
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

  const work = async (): Promise<void> => {
    const free = await slots.take();
    try {
      const batch = stopped ? [] : await gather();
      isLooking = false;
      if (batch.length > 0 || isWanted) look();
      if (batch.length > 0) await settle(batch);
    } finally {
      free();
    }
  };
  /** One look at a time, but many calls: who found something lets the next one look. */
  const look = (): void => {
    if (stopped || busy >= scalingConfig.maximumConcurrency) return;
    isWanted = isLooking;
    if (isLooking) return;
    isLooking = true;
    busy++;
    void work()
      .catch((error: unknown) => {
        isLooking = false;
        if (!stopped) pool.failures.push({ kind: 'ended', message: String(error), function: of.name });
      })
      .then(() => {
        busy--;
        if (isWanted) look();
        onSettled();
      });
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    wake(afterMs = 0) {
      if (afterMs === 0) look();
      else setTimeout(look, afterMs).unref();
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
