import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateDataQualityRulesetCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateIndexCommand, CreateVectorBucketCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Resource } from '#stacks/synth/synthesise.ts';
import type { Clients } from './clients.ts';
import * as inputs from './inputs.ts';

type Create = (clients: Clients, resource: Resource) => Promise<unknown>;

/** How a type of resource is created in the emulator, in this order, from the graph's own inputs. */
const CREATE: Record<string, Create> = {
  'aws:s3/bucket:Bucket': ({ s3 }, { inputs: of }) => s3.send(new CreateBucketCommand({ Bucket: inputs.Bucket.parse(of).bucket })),
  'aws:s3/bucketVersioning:BucketVersioning': ({ s3 }, { inputs: of }) => {
    const { bucket, versioningConfiguration } = inputs.Versioning.parse(of);
    return s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: versioningConfiguration.status } }));
  },
  'aws:s3/bucketObjectv2:BucketObjectv2': ({ s3 }, { inputs: of }) => {
    const { bucket, key, content, contentType } = inputs.Content.parse(of);
    return s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content, ContentType: contentType }));
  },
  'aws:ssm/parameter:Parameter': ({ ssm }, { inputs: of }) => {
    const { name, type, value } = inputs.Parameter.parse(of);
    return ssm.send(new PutParameterCommand({ Name: name, Type: type, Value: value.value }));
  },
  'aws:secretsmanager/secret:Secret': ({ secrets }, { inputs: of }) =>
    secrets.send(new CreateSecretCommand({ Name: inputs.Secret.parse(of).name })),
  'aws:secretsmanager/secretVersion:SecretVersion': ({ secrets }, { inputs: of }) => {
    const { secretId, secretString } = inputs.SecretVersion.parse(of);
    return secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: secretString }));
  },
  // A key is known by its alias alone: the emulator gives it an id of its own.
  'aws:kms/alias:Alias': async ({ kms }, { inputs: of }) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName: inputs.Alias.parse(of).name, TargetKeyId: KeyMetadata?.KeyId }));
  },
  'aws:dynamodb/table:Table': ({ dynamodb }, { inputs: of }) => dynamodb.send(new CreateTableCommand(inputs.Table.parse(of))),
  'aws:s3/vectorsVectorBucket:VectorsVectorBucket': ({ s3vectors }, { inputs: of }) =>
    s3vectors.send(new CreateVectorBucketCommand(inputs.VectorBucket.parse(of))),
  'aws:s3/vectorsIndex:VectorsIndex': ({ s3vectors }, { inputs: of }) =>
    s3vectors.send(new CreateIndexCommand(inputs.VectorIndex.parse(of))),
  'aws:sqs/queue:Queue': ({ sqs }, { inputs: of }) => sqs.send(new CreateQueueCommand(inputs.Queue.parse(of))),
  'aws:sns/topic:Topic': ({ sns }, { inputs: of }) => sns.send(new CreateTopicCommand({ Name: inputs.Topic.parse(of).name })),
  'aws:sns/topicSubscription:TopicSubscription': async ({ sns }, { inputs: of }) => {
    const { topic, protocol, endpoint, rawMessageDelivery } = inputs.Subscription.parse(of);
    const Attributes = { RawMessageDelivery: String(rawMessageDelivery) };
    if (protocol === 'sqs') await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: protocol, Endpoint: endpoint, Attributes }));
  },
  'aws:cloudwatch/eventBus:EventBus': ({ events }, { inputs: of }) => events.send(new CreateEventBusCommand(inputs.Bus.parse(of))),
  'aws:cloudwatch/eventRule:EventRule': ({ events }, { inputs: of }) => events.send(new PutRuleCommand(inputs.Rule.parse(of))),
  'aws:cloudwatch/eventTarget:EventTarget': ({ events }, { inputs: of, name }) => {
    const { rule, eventBusName, arn } = inputs.Target.parse(of);
    return events.send(new PutTargetsCommand({ Rule: rule, EventBusName: eventBusName, Targets: [{ Id: name, Arn: arn }] }));
  },
  'aws:glue/dataQualityRuleset:DataQualityRuleset': ({ glue }, { inputs: of }) => {
    const { name, ruleset } = inputs.Ruleset.parse(of);
    return glue.send(new CreateDataQualityRulesetCommand({ Name: name, Ruleset: ruleset }));
  },
  // Last: nothing is told before there is who listens.
  'aws:s3/bucketNotification:BucketNotification': ({ s3 }, { inputs: of }) =>
    s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: inputs.Notification.parse(of).bucket,
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
    ),
};

/**
 * What is not created, and why. A type that is in neither table fails the tests: what a deployment gets, the tests get, or
 * this list says otherwise.
 */
const LEFT_OUT: [type: RegExp, because: string][] = [
  [/^(pulumi|sst|docker-build):/, 'a bracket around others, or the image of a task'],
  [/^aws:lambda\//, 'played by test/aws/player'],
  [/^aws:iam\//, 'held by the stack tests'],
  [
    /^aws:s3\/bucketPolicy|^aws:sqs\/queuePolicy|^aws:sns\/topicPolicy/,
    'refuses plain HTTP, which the tests speak; the emulator knows no conditions',
  ],
  [/^aws:s3\/bucket(PublicAccessBlock|ServerSideEncryption|Lifecycle|OwnershipControls)/, 'nothing of it shows in a test of minutes'],
  [/^aws:sqs\/redriveAllowPolicy/, 'the emulator does not check it'],
  [/^aws:cloudwatch\/eventArchive/, 'the emulator drops the events of a bus that S3 sends to and that has an archive'],
  [/^aws:cloudwatch\/(logGroup|metricAlarm|dashboard|logMetricFilter)|^aws:cloudwatch\/composite/, 'watches only'],
  [
    /^aws:(budgets|cloudtrail|macie2?|guardduty|codedeploy|ecs|ec2|scheduler|apigatewayv2|kms|bedrock|glue)\//,
    'played by the tests that need it',
  ],
];

export const clientsOf = (): Clients => ({
  s3: new S3Client(),
  sqs: new SQSClient(),
  sns: new SNSClient(),
  events: new EventBridgeClient(),
  dynamodb: new DynamoDBClient(),
  ssm: new SSMClient(),
  secrets: new SecretsManagerClient(),
  kms: new KMSClient(),
  s3vectors: new S3VectorsClient(),
  glue: new GlueClient(),
});

/** Creates the resources of a synthesised graph. */
export async function createResources(graph: readonly Resource[], clients: Clients): Promise<void> {
  const unknown = graph.filter(({ type }) => !CREATE[type] && !LEFT_OUT.some(([pattern]) => pattern.test(type)));
  if (unknown.length > 0) throw new Error(`test/aws/graph does not know ${[...new Set(unknown.map(({ type }) => type))].join(', ')}`);
  for (const [type, create] of Object.entries(CREATE)) {
    const isOf = (resource: Resource): boolean => resource.type === type;
    // A queue names its dead letters, so these come first.
    const ordered = graph.filter(isOf).sort((a, b) => Number('redrivePolicy' in a.inputs) - Number('redrivePolicy' in b.inputs));
    for (const resource of ordered) await create(clients, resource);
  }
}
