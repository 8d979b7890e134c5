import { GetQueueAttributesCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters, LetterCount } from '#core/ports/dead-letters.ts';
import type { StageName } from '#schemas/routes.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';
import { type LaneQueue, laneQueues } from './queue-names.ts';
import { deleteMessage, sendMessage } from './queues.ts';

const client = once(() => new SQSClient({ ...clientOptions(), useQueueUrlAsEndpoint: false }));

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MOST = 10;
/** Letters that a redrive has taken and not yet moved come back after this time. */
const HELD_SECONDS = 60;

const COUNTED = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;

/** Messages in a queue, about: due, in work and delayed. */
async function countOf(url: string): Promise<number> {
  const { Attributes = {} } = await calling('counting messages', () =>
    client().send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...COUNTED] })),
  );
  return COUNTED.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

async function receive(url: string, heldSeconds: number): Promise<Message[]> {
  const { Messages = [] } = await calling('receiving dead letters', () =>
    client().send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: MOST,
        VisibilityTimeout: heldSeconds,
        MessageAttributeNames: ['All'],
      }),
    ),
  );
  return Messages;
}

/**
 * Why a message was given up: our own letters have a `code`, those of a rule that could not deliver an `ERROR_CODE`; what
 * has neither was received too often by functions that died.
 */
function codeOf({ MessageAttributes: attributes = {} }: Message): string {
  if (attributes.code?.StringValue !== undefined) return attributes.code.StringValue;
  return attributes.ERROR_CODE ? 'undelivered' : 'abandoned';
}

function tally(counts: Map<string, LetterCount>, stage: StageName, code: string, count = 1): void {
  const key = `${stage} ${code}`;
  counts.set(key, { stage, code, count: (counts.get(key)?.count ?? 0) + count });
}

const sorted = (counts: Map<string, LetterCount>): LetterCount[] =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);

/** Counts a queue's letters; the codes of ten are looked at, and the rest are `other`. */
async function lookAt({ stage, deadUrl }: LaneQueue, counts: Map<string, LetterCount>): Promise<void> {
  const total = await countOf(deadUrl);
  if (total === 0) return;
  const seen = await receive(deadUrl, 0);
  for (const letter of seen) tally(counts, stage, codeOf(letter));
  if (total > seen.length) tally(counts, stage, 'other', total - seen.length);
}

/** How many dead letters wait, those of rules and of containers that died among them. */
export async function countDeadLetters(prefix: string): Promise<number> {
  const counts = await Promise.all(laneQueues(prefix).map(({ deadUrl }) => countOf(deadUrl)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What still has to be worked through, and what was given up. What only records is left out of the first. */
export async function queueCounts(prefix: string): Promise<{ pending: number; deadLetters: LetterCount[] }> {
  const queues = laneQueues(prefix);
  const letters = new Map<string, LetterCount>();
  const counts = await Promise.all(queues.filter(({ stage }) => stage !== 'measure').map(({ url }) => countOf(url)));
  await Promise.all(queues.map((queue) => lookAt(queue, letters)));
  return { pending: counts.reduce((sum, count) => sum + count, 0), deadLetters: sorted(letters) };
}

/** Moves a queue's letters back until none are left or `most` are moved. */
async function redriveQueue({ stage, url, deadUrl }: LaneQueue, most: number, counts: Map<string, LetterCount>): Promise<number> {
  let moved = 0;
  while (moved < most) {
    const letters = await receive(deadUrl, HELD_SECONDS);
    if (letters.length === 0) break;
    for (const letter of letters) {
      // The attributes tell of the failure, and stay behind: attempts are counted anew.
      await sendMessage(url, letter.Body ?? '');
      await deleteMessage(deadUrl, letter.ReceiptHandle ?? '');
      tally(counts, stage, codeOf(letter));
      moved += 1;
    }
  }
  return moved;
}

export const sqsDeadLetters = (prefix: string): DeadLetters => ({
  async redrive(wanted, most) {
    const counts = new Map<string, LetterCount>();
    let room = most;
    for (const queue of laneQueues(prefix).filter(({ stage }) => wanted === undefined || stage === wanted)) {
      if (room <= 0) break;
      room -= await redriveQueue(queue, room, counts);
    }
    return { moved: sorted(counts), left: room <= 0 };
  },
});
