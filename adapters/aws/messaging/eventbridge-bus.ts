import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { SluiceError } from '#core/errors.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';
import { backoff } from './backoff.ts';
import { inParts } from './in-parts.ts';

const client = once(() => new EventBridgeClient(clientOptions()));

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: entries, and bytes of all of them. */
const MOST = { count: 10, bytes: 256 * 1024 };
const TRIES = 8;

/** As the service counts: time stamp, source, type and detail. */
const sizeOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

const entryOf = (bus: string, { source, 'detail-type': type, detail, time }: BusEvent): PutEventsRequestEntry => ({
  EventBusName: bus,
  Source: source,
  DetailType: type,
  Detail: JSON.stringify(detail),
  Time: new Date(time),
});

/** Those that the bus did not take. It answers for each by itself, so a call that succeeds may have lost some. */
async function put(entries: readonly PutEventsRequestEntry[]): Promise<{ left: PutEventsRequestEntry[]; reason: string }> {
  const answer = await calling('publishing events', () => client().send(new PutEventsCommand({ Entries: [...entries] })));
  const results = answer.Entries ?? [];
  const left = entries.filter((_, i) => results[i]?.EventId === undefined);
  return { left, reason: results.find(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode ?? 'no answer' };
}

/** Publishes to the bus, some at a time; throws a retryable error when not all were taken in the end. */
export async function publishEvents(bus: string, events: readonly BusEvent[]): Promise<void> {
  const entries = events.map((event) => entryOf(bus, event));
  for (const part of inParts(entries, MOST, sizeOf)) {
    let { left, reason } = await put(part);
    for (let tried = 1; left.length > 0; tried++) {
      if (tried >= TRIES)
        throw new SluiceError('throttled', `publishing events: ${left.length} of ${part.length} were not taken (${reason})`);
      await backoff(tried);
      ({ left, reason } = await put(left));
    }
  }
}
