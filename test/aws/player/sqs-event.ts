import type { Message } from '@aws-sdk/client-sqs';
import { z } from 'zod';

/** What Lambda hands to a function for messages of a queue: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqsEvent(messages: readonly Message[], eventSourceARN: string): object {
  const Records = messages.map(({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes = {}, MD5OfBody }) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue, DataType }]) => [
        name,
        { stringValue: StringValue, stringListValues: [], binaryListValues: [], dataType: DataType },
      ]),
    ),
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: eventSourceARN.split(':')[3],
  }));
  return { Records };
}

const Response = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() });

/**
 * The messages that a call carried out, by what it answered. An answer that names none failed has carried out all; one that
 * Lambda cannot read, or that names a message that was not there, has carried out none
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
 */
export function carriedOut(messages: readonly Message[], result: unknown): Message[] {
  const read = Response.safeParse(result ?? {});
  if (!read.success) return [];
  const failed = new Set(read.data.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  if ([...failed].some((id) => !known.has(id))) return [];
  return messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
}
