import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';

/** How services reach each other inside of AWS: past the proxy, so that no fault meets them and no record names them. */
export type Account = { s3: S3Client; sns: SNSClient; events: EventBridgeClient };

export function accountAt(port: number, region: string): Account {
  const credentials = { accessKeyId: 'service', secretAccessKey: 'service' };
  const options = { endpoint: `http://127.0.0.1:${port}`, region, credentials };
  return { s3: new S3Client({ ...options, forcePathStyle: true }), sns: new SNSClient(options), events: new EventBridgeClient(options) };
}

/** How long a job takes here. */
export const JOB_MS = 150;
