import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { SluiceError } from '#core/errors.ts';
import { type Disposition, runStage, runStageBatch } from '#core/runtime.ts';
import type { Stage } from '#core/stage.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { ROUTES } from '#schemas/routes.ts';
import type { Makers } from '../context.ts';
import { deleteMessage } from '../messaging/queues.ts';
import { type AwsWorld, openWorld } from '../world.ts';
import { sendAgain, settle } from './dispositions.ts';
import { type Received, received } from './message.ts';

export type StageHandlerOptions = {
  /** Reads what a service sends in a form of its own. */
  read?: (body: string) => BusEvent | Error;
};

/** Documents of one call that are worked on at once. */
const AT_ONCE = 4;
/** A message is not begun with less of the call's time left than this share of it: there it would be cut off. */
const SHARE_TO_BEGIN = 1 / 3;

type Call = { stage: Stage; world: AwsWorld; remainingMs(): number; budgetMs: number; deletesAtOnce: boolean; failed: Received[] };

async function finish(
  { stage, world, deletesAtOnce, failed }: Call,
  message: Received,
  disposition: Disposition,
  began: number,
): Promise<void> {
  const { log, clock } = world.context;
  const outcome = await settle(stage, message, disposition, world);
  if (outcome === 'retry') failed.push(message);
  else if (deletesAtOnce) await deleteMessage(message.url, message.receipt);
  log.tell({
    stage: stage.name,
    outcome,
    event: message.event instanceof Error ? undefined : message.event,
    attempts: message.attempts,
    ms: clock.now() - began,
    ...(disposition.kind === 'done' ? { emitted: disposition.events } : { error: disposition.error }),
  });
}

/** What becomes of a message before its stage is run at all; undefined: it is run. */
function unrunnable({ stage, world }: Call, { event, attempts }: Received): Disposition | undefined {
  if (event instanceof Error) return { kind: 'dead', error: event };
  const most = world.context.config.bus.attempts;
  if (attempts <= most) return undefined;
  const error = new SluiceError('timeout', `running ${stage.name}: ${most} tries ended without an answer`);
  return { kind: 'dead', error };
}

async function work(call: Call, message: Received): Promise<void> {
  const { stage, world } = call;
  const began = world.context.clock.now();
  if (call.remainingMs() < call.budgetMs * SHARE_TO_BEGIN) {
    await sendAgain(message, 0);
    if (call.deletesAtOnce) await deleteMessage(message.url, message.receipt);
    return;
  }
  const given = unrunnable(call, message);
  const { event } = message;
  if (given || event instanceof Error) return finish(call, message, given ?? { kind: 'dead', error: event }, began);
  await finish(call, message, await runStage(stage, event, () => world.begin()), began);
}

/** A stage that only records takes all messages of a call at once. */
async function workBatch(call: Call, messages: readonly Received[]): Promise<void> {
  const { stage, world } = call;
  const began = world.context.clock.now();
  const readable: { message: Received; event: BusEvent }[] = [];
  for (const message of messages) {
    const given = unrunnable(call, message);
    if (given) await finish(call, message, given, began);
    else if (!(message.event instanceof Error)) readable.push({ message, event: message.event });
  }
  if (readable.length === 0) return;
  const disposition = await runStageBatch(
    stage,
    readable.map(({ event }) => event),
    () => world.begin(),
  );
  const outcomes = await Promise.all(readable.map(({ message }) => settle(stage, message, disposition, world)));
  call.failed.push(...readable.flatMap(({ message }, i) => (outcomes[i] === 'retry' ? [message] : [])));
  if (disposition.kind !== 'done') world.context.log.warn(`${stage.name}: ${readable.length} messages failed at once`, disposition.error);
}

async function inTurns(messages: readonly Received[], run: (message: Received) => Promise<void>): Promise<void> {
  const waiting = [...messages];
  const next = async (): Promise<void> => {
    for (let message = waiting.shift(); message; message = waiting.shift()) await run(message);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/**
 * A stage as a Lambda function behind an SQS queue. What becomes of each message is decided here, not by the queue:
 * docs/aws.md, "How a message is handled". The world is opened with the container's first call.
 */
export function stageHandler(stage: Stage, makers: Makers = {}, { read }: StageHandlerOptions = {}) {
  const isBatch = ROUTES.some((route) => route.stage === stage.name && route.batch !== undefined);
  let opening: Promise<AwsWorld> | undefined;
  const world = (): Promise<AwsWorld> => {
    opening ??= openWorld(stage.name, makers, process.env);
    // A container whose world could not be opened tries again with its next call.
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };
  return async ({ Records }: SQSEvent, lambda: Context): Promise<SQSBatchResponse> => {
    const opened = await world();
    const { environment, log, metrics } = opened.context;
    log.begin(lambda);
    const messages = Records.map((record) => received(record, environment.of('queues'), opened.inbox, read));
    const call: Call = {
      stage,
      world: opened,
      remainingMs: () => lambda.getRemainingTimeInMillis(),
      budgetMs: lambda.getRemainingTimeInMillis(),
      // One of them may have ended its container before: those that are done must not be counted again with it.
      deletesAtOnce: messages.length > 1 && messages.some(({ attempts }) => attempts > 1),
      failed: [],
    };
    try {
      if (isBatch) await workBatch(call, messages);
      else await inTurns(messages, (message) => work(call, message));
    } finally {
      metrics.flush();
    }
    return { batchItemFailures: call.failed.map(({ id }) => ({ itemIdentifier: id })) };
  };
}
