import { z } from 'zod';
import type { JobEvent } from '#schemas/events/index.ts';

/** https://docs.aws.amazon.com/textract/latest/dg/async-notification-payload.html */
const Completion = z.object({ JobId: z.string(), Status: z.string(), API: z.string(), JobTag: z.string(), Timestamp: z.number() });
/** A topic that does not deliver messages raw wraps them. */
const Wrapped = z.object({ Type: z.literal('Notification'), Message: z.string() });

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What Textract says of a job's end by SNS, as an event; any other body as it is. */
export function withCompletion(body: string): string {
  const value = json(body);
  const wrapped = Wrapped.safeParse(value);
  const completion = Completion.safeParse(wrapped.success ? json(wrapped.data.Message) : value);
  if (!completion.success) return body;
  const { JobId, Status, JobTag, Timestamp } = completion.data;
  const event: JobEvent = {
    version: '0',
    id: JobId,
    source: 'aws.textract',
    'detail-type': 'Textract Job State Change',
    account: '',
    region: '',
    time: new Date(Timestamp).toISOString().replace(/\.\d+Z$/, 'Z'),
    resources: [],
    detail: { JobId, JobTag, Status },
  };
  return JSON.stringify(event);
}
