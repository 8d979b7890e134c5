import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SERVICE } from '../proxy/proxy.ts';

/** How services reach each other inside of AWS: no fault meets them, and no record names them. */
export type Account = { s3: S3Client; sns: SNSClient; events: EventBridgeClient };

export function accountAt(endpoint: string, region: string): Account {
  const options = { endpoint, region, credentials: { accessKeyId: SERVICE, secretAccessKey: 'secret' } };
  return { s3: new S3Client({ ...options, forcePathStyle: true }), sns: new SNSClient(options), events: new EventBridgeClient(options) };
}

const JOB_MS = 150;

/** A job that ends a while after somebody first looked whether it has: whoever begins one always sees it run, on a slow machine too. */
export function endsAfterLook(end: () => Promise<void>): () => void {
  let isLookedAt = false;
  return () => {
    if (!isLookedAt) setTimeout(() => void end().catch(() => undefined), JOB_MS).unref();
    isLookedAt = true;
  };
}
