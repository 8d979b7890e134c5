import type { SQSRecord } from 'aws-lambda';
import { type BusEvent, readEvent } from '#schemas/events/index.ts';
import { ATTEMPTS } from '../messaging/queues.ts';
import type { Inbox } from '../s3/s3-sources.ts';
import { subjectOf } from '../s3/s3-sources.ts';

/** A message as the handler sees it. */
export type Received = {
  readonly id: string;
  readonly body: string;
  readonly receipt: string;
  /** This attempt included, and those of the messages that it was sent again as. */
  readonly attempts: number;
  /** The queue that it came from. */
  readonly url: string;
  readonly event: BusEvent | Error;
};

/** The address of the queue that a record came from: all queues of a deployment begin alike. */
const urlOf = (prefix: string, { eventSourceARN }: SQSRecord): string =>
  `${prefix.slice(0, prefix.lastIndexOf('/') + 1)}${eventSourceARN.slice(eventSourceARN.lastIndexOf(':') + 1)}`;

/** S3's own events name the bucket, where the pipeline's sources have names of their own; a side-car's tell of its document. */
export function withSource(event: BusEvent, inbox: Inbox): BusEvent {
  if (event.source !== 'aws.s3') return event;
  const { bucket, object } = event.detail;
  // A hint of ours names the document itself.
  if (bucket.name !== inbox.bucket) return event;
  const key = subjectOf(object.key);
  return { ...event, detail: { ...event.detail, bucket: { name: inbox.sourceOf(key) }, object: { ...object, key } } };
}

export function received(
  record: SQSRecord,
  queuePrefix: string,
  inbox: Inbox,
  read: (body: string) => BusEvent | Error = readEvent,
): Received {
  const before = Number(record.messageAttributes[ATTEMPTS]?.stringValue ?? 0);
  const event = read(record.body);
  return {
    id: record.messageId,
    body: record.body,
    receipt: record.receiptHandle,
    attempts: before + Number(record.attributes.ApproximateReceiveCount),
    url: urlOf(queuePrefix, record),
    event: event instanceof Error ? event : withSource(event, inbox),
  };
}
