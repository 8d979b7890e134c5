import type { Retention } from '#schemas/retention.ts';
import type { Encryption } from '../encryption.ts';
import { account, named, region } from '../names.ts';

/** What every bucket has: no public access, TLS only, encryption, and a name that tells where it belongs. */
function bucket(name: 'Inbox' | 'Work', { key }: Encryption, args: sst.aws.BucketArgs) {
  const created = new sst.aws.Bucket(name, {
    cors: false,
    ...args,
    transform: {
      bucket: (options) => {
        options.bucket = $interpolate`${named(name.toLowerCase())}-${account}-${region}`;
        options.forceDestroy = $app.removal === 'remove';
      },
    },
  });
  new aws.s3.BucketServerSideEncryptionConfiguration(`${name}Encryption`, {
    bucket: created.name,
    rules: [
      {
        bucketKeyEnabled: key !== undefined,
        applyServerSideEncryptionByDefault: key ? { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn } : { sseAlgorithm: 'AES256' },
      },
    ],
  });
  return created;
}

/** S3 counts in whole days. */
const whole = (days: number): number => Math.max(1, Math.round(days));

/** Where documents arrive: every version is kept, read by its id, and each change is an event on the default bus. */
export function createInbox(encryption: Encryption, { oldVersionDays }: Retention): sst.aws.Bucket {
  const inbox = bucket('Inbox', encryption, { versioning: true });
  new aws.s3.BucketNotification('InboxEvents', { bucket: inbox.name, eventbridge: true });
  new aws.s3.BucketLifecycleConfiguration('InboxLifecycle', {
    bucket: inbox.name,
    rules: [
      // Its two archive tiers stay off: an object in them has to be restored for hours before it can be read again.
      { id: 'tiered', status: 'Enabled', filter: { prefix: '' }, transitions: [{ days: 0, storageClass: 'INTELLIGENT_TIERING' }] },
      {
        id: 'old-versions',
        status: 'Enabled',
        filter: { prefix: '' },
        noncurrentVersionExpiration: { noncurrentDays: whole(oldVersionDays) },
      },
      { id: 'broken-uploads', status: 'Enabled', filter: { prefix: '' }, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
    ],
  });
  return inbox;
}

/**
 * Days that results between stages live, by the first part of their key. A stage that finds its input gone asks for the
 * document to be run again, so short is safe; what has no row (manifests, the configuration) stays.
 */
const workDays = ({ unmaskedDays, maskedDays }: Retention) => ({ unmasked: unmaskedDays, speech: unmaskedDays, masked: maskedDays });

/** What stages hand to each other. It notifies nobody: only the inbox starts anything. */
export function createWork(encryption: Encryption, retention: Retention): sst.aws.Bucket {
  const work = bucket('Work', encryption, {});
  new aws.s3.BucketLifecycleConfiguration('WorkLifecycle', {
    bucket: work.name,
    rules: [
      ...Object.entries(workDays(retention)).map(([prefix, days]) => ({
        id: prefix,
        status: 'Enabled',
        filter: { prefix: `${prefix}/` },
        expiration: { days: whole(days) },
      })),
      { id: 'broken-uploads', status: 'Enabled', filter: { prefix: '' }, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
    ],
  });
  return work;
}
