import { type Grant, grantsOf, type ProgramName } from '#schemas/functions.ts';
import { MEMBERS } from '#schemas/inbox.ts';
import { LEDGER_INDEXES } from '#schemas/tables.ts';
import { allow, type Statement } from '../policy.ts';
import type { Reach } from './reach.ts';
import { SERVICE_STATEMENTS } from './services.ts';
import { VAULT_STATEMENTS } from './vault.ts';

const READ_ROWS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'];
const WRITE_ROWS = [...READ_ROWS, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
const READ_OBJECTS = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'];
const WRITE_OBJECTS = ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];
const LIST_OBJECTS = ['s3:ListBucket', 's3:ListBucketVersions'];
const READ_VECTORS = ['s3vectors:QueryVectors', 's3vectors:GetVectors', 's3vectors:ListVectors'];
const TAKE_MESSAGES = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'];

const objectsOf = (bucket: sst.aws.Bucket): $util.Output<string> => $interpolate`${bucket.arn}/*`;

const ledgerArns = ({ tables }: Reach) => [
  tables.ledger.arn,
  ...Object.keys(LEDGER_INDEXES).map((index) => $interpolate`${tables.ledger.arn}/index/${index}`),
];
const readBucket = (bucket: sst.aws.Bucket): Statement[] => [allow(READ_OBJECTS, [objectsOf(bucket)]), allow(LIST_OBJECTS, [bucket.arn])];
const writeBucket = (bucket: sst.aws.Bucket): Statement[] => [...readBucket(bucket), allow(WRITE_OBJECTS, [objectsOf(bucket)])];

/** What each grant allows, on exactly the resources that the stage was made with. */
const STATEMENTS: Record<Grant, (reach: Reach, name: ProgramName) => Statement[]> = {
  // What an item has no room for stands in the work bucket.
  'ledger:read': (reach) => [allow(READ_ROWS, ledgerArns(reach)), allow(['s3:GetObject'], [$interpolate`${reach.work.arn}/ledger/*`])],
  'ledger:write': (reach) => [allow(WRITE_ROWS, ledgerArns(reach))],
  'embeddings:read': ({ tables }) => [allow(READ_ROWS, [tables.embeddings.arn])],
  'embeddings:write': ({ tables }) => [allow(WRITE_ROWS, [tables.embeddings.arn])],
  'audit:read': ({ tables }) => [allow(READ_ROWS, [tables.audit.arn])],
  'audit:write': ({ tables }) => [allow(WRITE_ROWS, [tables.audit.arn])],
  'limits:write': ({ tables }) => [allow(WRITE_ROWS, [tables.limits.arn])],
  'inbox:read': ({ inbox }) => readBucket(inbox),
  'inbox:list': ({ inbox }) => [allow(LIST_OBJECTS, [inbox.arn])],
  'inbox:write': ({ inbox }) => writeBucket(inbox),
  'work:read': ({ work }) => readBucket(work),
  'work:write': ({ work }) => writeBucket(work),
  'vectors:read': ({ vectors }) => [allow(READ_VECTORS, [vectors.indexArn])],
  'vectors:write': ({ vectors }) => [allow([...READ_VECTORS, 's3vectors:PutVectors', 's3vectors:DeleteVectors'], [vectors.indexArn])],
  'bus:publish': ({ bus }) => [allow(['events:PutEvents'], [bus.arn])],
  'queues:own': ({ queues }, name) => {
    const own = queues.filter(({ stage }) => stage === name);
    return [
      allow(
        [...TAKE_MESSAGES, 'sqs:SendMessage'],
        own.map(({ queue }) => queue.arn),
      ),
      allow(
        ['sqs:SendMessage'],
        own.map(({ dead }) => dead.arn),
      ),
    ];
  },
  'queues:hint': ({ queues }) => [
    allow(
      ['sqs:SendMessage'],
      queues.filter(({ stage }) => stage === 'detect-change').map(({ queue }) => queue.arn),
    ),
  ],
  'queues:count': ({ queues }) => [
    allow(
      ['sqs:GetQueueAttributes'],
      queues.map(({ dead }) => dead.arn),
    ),
  ],
  'queues:redrive': ({ queues }) => [
    allow(
      ['sqs:GetQueueAttributes', 'sqs:SendMessage'],
      queues.map(({ queue }) => queue.arn),
    ),
    allow(
      TAKE_MESSAGES,
      queues.map(({ dead }) => dead.arn),
    ),
  ],
  'queues:bury-task': ({ queues }) => [
    allow(
      ['sqs:SendMessage'],
      queues.filter(({ stage }) => stage === 'run-task').map(({ dead }) => dead.arn),
    ),
  ],
  'store-key:read': ({ storeKey }) => [allow(['ssm:GetParameter'], [storeKey.arn])],
  'token-key:read': ({ tokenKey }) => (tokenKey ? [allow(['secretsmanager:GetSecretValue'], [tokenKey.secret.arn])] : []),
  ...VAULT_STATEMENTS,
  'config:read': ({ work, config }) => [allow(['s3:GetObject'], [$interpolate`${work.arn}/${config.key}`])],
  ...SERVICE_STATEMENTS,
};

/** Who reads text before it is masked: the extractors and what looks at their output, up to the mask itself. */
const BEFORE_MASK = new Set<string>([
  'extract-text',
  'extract-table',
  'extract-image',
  'extract-media',
  'task',
  'assess',
  'screen',
  'mask',
]);

/** Where it lies in the work bucket: what extractors write, and what Transcribe writes for them. */
const UNMASKED = ['unmasked', 'speech'];
/** Who opens files: those of the inbox, and those within them. */
const OPENS = new Set<string>(['validate', 'assess', 'extract-text', 'extract-table', 'extract-image', 'extract-media', 'task']);

/** Nobody else does, whatever the work bucket's other grants say. */
function keptFrom(name: ProgramName, { work }: Reach): Statement[] {
  const prefixes = [...(BEFORE_MASK.has(name) ? [] : UNMASKED), ...(OPENS.has(name) ? [] : [MEMBERS])];
  const resources = prefixes.map((prefix) => $interpolate`${work.arn}/${prefix}/*`);
  return resources.length === 0 ? [] : [{ Sid: 'NothingUnmasked', Effect: 'Deny', Action: READ_OBJECTS, Resource: resources }];
}

/** What a function or the task may do: what its grants say, on these resources. */
export const statementsFor = (name: ProgramName, reach: Reach): Statement[] => [
  ...grantsOf(name).flatMap((grant) => STATEMENTS[grant](reach, name)),
  ...keptFrom(name, reach),
];
