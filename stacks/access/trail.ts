import type { DeployOptions } from '#schemas/deploy.ts';
import type { Encryption } from '../encryption.ts';
import { account, arnOf, named, region } from '../names.ts';
import { allow, assumedBy, policyDocument } from '../policy.ts';
import type { Store } from '../store/index.ts';
import { createMetricAlarm } from '../watching/metric-alarm.ts';

export type Trail = { store: Store; encryption: Encryption; topic: aws.sns.Topic; options: DeployOptions };

/** Namespace of what is counted in the trail, beside the pipeline's own metrics. */
const NAMESPACE = 'Sluice/Access';

/** Where the trail is kept: readable by nobody but the account, and gone after a year. */
function createBucket(trail: $util.Output<string>): sst.aws.Bucket {
  const bucket = new sst.aws.Bucket('Trail', {
    cors: false,
    lifecycle: [{ expiresIn: '365 days' }],
    policy: [
      {
        actions: ['s3:GetBucketAcl'],
        principals: [{ type: 'service', identifiers: ['cloudtrail.amazonaws.com'] }],
        paths: [''],
        conditions: [{ test: 'StringEquals', variable: 'aws:SourceArn', values: [trail] }],
      },
      {
        actions: ['s3:PutObject'],
        principals: [{ type: 'service', identifiers: ['cloudtrail.amazonaws.com'] }],
        paths: [$interpolate`AWSLogs/${account}/*`],
        conditions: [{ test: 'StringEquals', variable: 'aws:SourceArn', values: [trail] }],
      },
    ],
    transform: {
      bucket: (options) => {
        options.bucket = $interpolate`${named('trail')}-${account}-${region}`;
        options.forceDestroy = $app.removal === 'remove';
      },
    },
  });
  new aws.s3.BucketServerSideEncryptionConfiguration('TrailEncryption', {
    bucket: bucket.name,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  });
  return bucket;
}

/** The trail's copy in the log, where it can be counted at once. */
function createLog({ encryption: { key }, options }: Trail) {
  const log = new aws.cloudwatch.LogGroup('trail-log', {
    name: `/sluice/${$app.name}/${$app.stage}/trail`,
    retentionInDays: options.logDays,
    ...(key && { kmsKeyId: key.arn }),
  });
  const role = new aws.iam.Role('trail-role', { name: named('trail'), assumeRolePolicy: assumedBy('cloudtrail.amazonaws.com') });
  const rights = new aws.iam.RolePolicy('trail-policy', {
    role: role.name,
    policy: policyDocument([allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [$interpolate`${log.arn}:*`])]),
  });
  return { log, role, rights };
}

const equals = (field: string, values: $util.Input<string>[]) => ({ field, equals: values });

/** Reads and writes of what holds documents and their traces; nothing else is recorded, since each event is paid. */
const selectors = ({ inbox, work, tables, vault }: Store) => [
  {
    name: 'objects',
    fieldSelectors: [
      equals('eventCategory', ['Data']),
      equals('resources.type', ['AWS::S3::Object']),
      { field: 'resources.ARN', startsWiths: [$interpolate`${inbox.arn}/`, $interpolate`${work.arn}/`] },
    ],
  },
  {
    name: 'rows',
    fieldSelectors: [
      equals('eventCategory', ['Data']),
      equals('resources.type', ['AWS::DynamoDB::Table']),
      equals(
        'resources.ARN',
        [...Object.values(tables), ...(vault ? [vault.table] : [])].map(({ arn }) => arn),
      ),
    ],
  },
];

/** The pipeline's own roles read all day; a read by anybody else is worth counting. */
function readByOthers(roles: string): string {
  const names = ['GetObject', 'GetItem', 'BatchGetItem', 'Query', 'Scan'].map((name) => `($.eventName = "${name}")`).join(' || ');
  const role = '$.userIdentity.sessionContext.sessionIssuer.userName';
  return `{ (${names}) && ((${role} != "${roles}*") || (${role} NOT EXISTS)) }`;
}

/** Records each read and write of buckets and tables, and tells when others than the functions read much, or are refused. */
export function createTrail(setting: Trail): void {
  const { store, topic, options, encryption } = setting;
  const name = named('access');
  const bucket = createBucket(arnOf('cloudtrail', `trail/${name}`));
  const { log, role, rights } = createLog(setting);
  const trail: aws.cloudtrail.TrailArgs = {
    name,
    s3BucketName: bucket.name,
    cloudWatchLogsGroupArn: $interpolate`${log.arn}:*`,
    cloudWatchLogsRoleArn: role.arn,
    enableLogFileValidation: true,
    includeGlobalServiceEvents: false,
    advancedEventSelectors: selectors(store),
    ...(encryption.key && { kmsKeyId: encryption.key.arn }),
  };
  // CloudTrail tries the role when the trail is made, and refuses one that has no rights yet.
  new aws.cloudtrail.Trail('Access', trail, { dependsOn: [rights] });
  const counted = {
    'reads-by-others': {
      pattern: readByOthers(named('')),
      above: options.unusualReadsPerHour,
      meaning: 'Documents or rows were read unusually often by others than the functions: the trail says who.',
    },
    'access-denied': {
      pattern: '{ $.errorCode = "AccessDenied*" }',
      above: 10,
      meaning: 'Reads or writes of documents were refused: somebody tries, or a permission is missing.',
    },
  };
  for (const [metric, { pattern, above, meaning }] of Object.entries(counted)) {
    new aws.cloudwatch.LogMetricFilter(metric, {
      name: named(metric),
      logGroupName: log.name,
      pattern,
      metricTransformation: { name: named(metric), namespace: NAMESPACE, value: '1' },
    });
    const series = { namespace: NAMESPACE, metricName: named(metric), dimensions: {}, stat: 'Sum' };
    createMetricAlarm({ name: metric, meaning, series, above, seconds: 3600, topic });
  }
}
