import type { DeployOptions } from '#schemas/deploy.ts';
import { account, named, partition, region } from './names.ts';
import { policyDocument } from './policy.ts';

/** The customer-managed key, if the stage has one; without it AWS's own keys encrypt everything, for nothing. */
export type Encryption = { key?: aws.kms.Key };

/** Services that use the key for us, for this account's resources only. */
const SERVICES = [
  'events.amazonaws.com',
  'logs.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'sns.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'indexing.s3vectors.amazonaws.com',
];

export function createEncryption({ customerManagedKey }: DeployOptions): Encryption {
  if (!customerManagedKey) return {};
  const key = new aws.kms.Key('Key', {
    description: `documents, rows and messages of ${named()}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([
      {
        Sid: 'AccountAdministers',
        Effect: 'Allow',
        Principal: { AWS: $interpolate`arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'ServicesUse',
        Effect: 'Allow',
        Principal: { Service: SERVICES },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
      // CloudWatch Logs names its caller by encryption context alone, without a source account.
      {
        Sid: 'LogGroupsUse',
        Effect: 'Allow',
        Principal: { Service: $interpolate`logs.${region}.amazonaws.com` },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        Resource: '*',
        Condition: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': $interpolate`arn:${partition}:logs:${region}:${account}:log-group:/sluice/*` },
        },
      },
    ]),
  });
  new aws.kms.Alias('KeyAlias', { name: `alias/${named()}`, targetKeyId: key.keyId });
  return { key };
}
