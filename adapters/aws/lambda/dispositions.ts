import { SluiceError, spendsNoAttempt } from '#core/errors.ts';
import { countDeadLetter } from '#core/measure/count-run.ts';
import { type Disposition, recordFailure, retryingConflicts } from '#core/runtime.ts';
import type { Stage } from '#core/stage.ts';
import type { Outcome } from '../log.ts';
import { ATTEMPTS, giveBack, LONGEST_DELAY_SECONDS, sendMessage } from '../messaging/queues.ts';
import type { AwsWorld } from '../world.ts';
import type { Received } from './message.ts';

const LONGEST_BACKOFF_MS = 300_000;
/** A letter's attributes count towards its size; a stack's first lines say where it was thrown. */
const STACK_CHARACTERS = 2_000;

/** Exponential backoff with full jitter (Brooker, AWS Architecture Blog, 2015). */
export const backoffMs = (firstMs: number, attempts: number): number =>
  Math.random() * Math.min(LONGEST_BACKOFF_MS, firstMs * 2 ** Math.min(attempts, 20));

/** Sends a message again as a new one, so that the wait counts as no attempt; the old one is acknowledged by the caller. */
export async function sendAgain({ url, body, attempts }: Received, afterMs: number): Promise<void> {
  const seconds = Math.min(LONGEST_DELAY_SECONDS, Math.ceil(afterMs / 1000));
  await sendMessage(url, body, { [ATTEMPTS]: String(attempts - 1) }, seconds);
}

/** Says in the document's head that its message was given up, as far as that is possible. */
async function recordLoss(stage: Stage, { event }: Received, error: unknown, { begin, context, isGranted }: AwsWorld): Promise<void> {
  if (event instanceof Error || !isGranted('ledger:write')) return;
  try {
    await retryingConflicts(async () => {
      const transaction = begin();
      await recordFailure(stage, event, error, transaction.ports);
      await transaction.commit({ events: [] });
    });
  } catch (failure) {
    // The letter is what must not be lost; it says the same.
    context.log.warn('the head does not tell of a dead letter', failure);
  }
}

/** Makes a message a dead letter. It is sent before the message is acknowledged: a crash in between doubles it at worst. */
export async function bury(stage: Stage, message: Received, error: unknown, world: AwsWorld): Promise<void> {
  await recordLoss(stage, message, error, world);
  const { event, url, body, attempts } = message;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await sendMessage(`${url}-dlq`, body, {
    code: error instanceof SluiceError ? error.code : 'bug',
    error: told.slice(0, STACK_CHARACTERS),
    [ATTEMPTS]: String(attempts),
    ...(!(event instanceof Error) && event.source === 'sluice' && { document: event.detail.document }),
  });
  countDeadLetter(stage, event instanceof Error ? undefined : event, world.context.metrics);
}

/** Carries out what becomes of a message. `retry`: it was given back, and the queue must be told that it failed. */
export async function settle(stage: Stage, message: Received, disposition: Disposition, world: AwsWorld): Promise<Outcome> {
  if (disposition.kind === 'done') return 'done';
  const { attempts, backoffMs: firstMs } = world.context.config.bus;
  const { error } = disposition;
  const afterMs = (disposition.kind === 'retry' ? disposition.afterMs : undefined) ?? backoffMs(firstMs, message.attempts);
  if (disposition.kind === 'retry' && spendsNoAttempt(error)) {
    await sendAgain(message, afterMs);
    return 'waits';
  }
  if (disposition.kind === 'retry' && message.attempts < attempts) {
    await giveBack(message.url, message.receipt, afterMs);
    return 'retry';
  }
  await bury(stage, message, error, world);
  return 'dead';
}
