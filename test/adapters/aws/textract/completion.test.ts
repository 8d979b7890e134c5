import { describe, expect, it } from 'vitest';
import { withCompletion } from '#adapters/aws/textract/completion.ts';
import { readEvent } from '#schemas/events/index.ts';

const message = JSON.stringify({
  JobId: '3e1a',
  Status: 'SUCCEEDED',
  API: 'StartDocumentAnalysis',
  JobTag: 'extract-image-x-1-y',
  Timestamp: 1_543_599_965_969,
  DocumentLocation: { S3ObjectName: 'document', S3Bucket: 'bucket' },
});

describe('what Textract says by SNS', () => {
  it.each([
    ['raw', message],
    ['wrapped', JSON.stringify({ Type: 'Notification', MessageId: 'm', TopicArn: 't', Message: message })],
  ])('is an event, %s', (_, body) => {
    expect(readEvent(withCompletion(body))).toMatchObject({
      source: 'aws.textract',
      detail: { JobId: '3e1a', JobTag: 'extract-image-x-1-y', Status: 'SUCCEEDED' },
      time: '2018-11-30T17:46:05Z',
    });
  });

  it.each(['', 'no JSON', '{"a":1}', '[]'])('leaves any other body as it is: %j', (body) => expect(withCompletion(body)).toBe(body));
});
