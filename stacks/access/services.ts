import type { Encryption } from '../encryption.ts';
import { account, arnOf, named } from '../names.ts';
import { allow, assumedBy, policyDocument } from '../policy.ts';

/** Macie looks once a week for sensitive data in what arrived. It is switched on for the account, which has to be without it before. */
export function createMacie(inbox: sst.aws.Bucket): void {
  const macie = new aws.macie2.Account('Macie', { status: 'ENABLED' });
  new aws.macie2.ClassificationJob(
    'InboxScan',
    {
      name: named('inbox'),
      jobType: 'SCHEDULED',
      scheduleFrequency: { weeklySchedule: 'SUNDAY' },
      s3JobDefinition: { bucketDefinitions: [{ accountId: account, buckets: [inbox.name] }] },
    },
    { dependsOn: [macie] },
  );
}

/** What GuardDuty's own rule and scan need, and no more: https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html */
function createScanRole(inbox: sst.aws.Bucket, { key }: Encryption): { role: aws.iam.Role; rights: aws.iam.RolePolicy } {
  const role = new aws.iam.Role('malware-scan-role', {
    name: named('malware-scan'),
    assumeRolePolicy: assumedBy('malware-protection-plan.guardduty.amazonaws.com'),
  });
  const rule = arnOf('events', 'rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*');
  const objects = $interpolate`${inbox.arn}/*`;
  const rights = new aws.iam.RolePolicy('malware-scan-policy', {
    role: role.name,
    policy: policyDocument([
      allow(['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets'], [rule], {
        StringLike: { 'events:ManagedBy': 'malware-protection-plan.guardduty.amazonaws.com' },
      }),
      allow(['events:DescribeRule', 'events:ListTargetsByRule'], [rule]),
      allow(
        [
          's3:GetObject',
          's3:GetObjectVersion',
          's3:GetObjectTagging',
          's3:GetObjectVersionTagging',
          's3:PutObjectTagging',
          's3:PutObjectVersionTagging',
        ],
        [objects],
      ),
      allow(['s3:ListBucket', 's3:GetBucketNotification', 's3:PutBucketNotification'], [inbox.arn]),
      allow(['s3:PutObject'], [$interpolate`${inbox.arn}/malware-protection-resource-validation-object`]),
      ...(key ? [allow(['kms:GenerateDataKey', 'kms:Decrypt'], [key.arn])] : []),
    ]),
  });
  return { role, rights };
}

/** GuardDuty watches the account, and scans each object that arrives; a tag on the object tells what it found. */
export function createGuardDuty(inbox: sst.aws.Bucket, encryption: Encryption): void {
  new aws.guardduty.Detector('GuardDuty', { enable: true, findingPublishingFrequency: 'FIFTEEN_MINUTES' });
  const { role, rights } = createScanRole(inbox, encryption);
  new aws.guardduty.MalwareProtectionPlan(
    'InboxScan',
    {
      role: role.arn,
      protectedResource: { s3Bucket: { bucketName: inbox.name } },
      actions: [{ taggings: [{ status: 'ENABLED' }] }],
    },
    // The plan is refused while its role has no rights.
    { dependsOn: [rights] },
  );
}

/** What models are asked and answer: content, in a log that ends soon. One setting for the account and region. */
export function createModelLog({ key }: Encryption): void {
  const log = new aws.cloudwatch.LogGroup('models-log', {
    name: `/sluice/${$app.name}/${$app.stage}/models`,
    retentionInDays: 7,
    ...(key && { kmsKeyId: key.arn }),
  });
  const role = new aws.iam.Role('models-log-role', {
    name: named('models-log'),
    assumeRolePolicy: assumedBy('bedrock.amazonaws.com', account),
  });
  const rights = new aws.iam.RolePolicy('models-log-policy', {
    role: role.name,
    policy: policyDocument([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [$interpolate`${log.arn}:log-stream:aws/bedrock/modelinvocations`]),
    ]),
  });
  const loggingConfig = {
    textDataDeliveryEnabled: true,
    imageDataDeliveryEnabled: false,
    embeddingDataDeliveryEnabled: false,
    cloudwatchConfig: { logGroupName: log.name, roleArn: role.arn },
  };
  // Bedrock tries to write to the log when it is told of it.
  new aws.bedrockmodel.InvocationLoggingConfiguration('ModelLog', { loggingConfig }, { dependsOn: [rights] });
}
