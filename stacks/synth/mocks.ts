/** Answers as AWS would, as far as what resources are named and how they refer to each other. */

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

export type Resource = { type: string; name: string; id: string; inputs: Record<string, unknown>; state: Record<string, unknown> };

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The part of an ARN behind the account, by type; `%` stands for the physical name. */
const ARNS: Record<string, string> = {
  'aws:cloudtrail/trail:Trail': 'cloudtrail:trail/%',
  'aws:cloudwatch/eventBus:EventBus': 'events:event-bus/%',
  'aws:cloudwatch/eventRule:EventRule': 'events:rule/%',
  'aws:cloudwatch/logGroup:LogGroup': 'logs:log-group:%',
  'aws:cloudwatch/metricAlarm:MetricAlarm': 'cloudwatch:alarm:%',
  'aws:dynamodb/table:Table': 'dynamodb:table/%',
  'aws:ecs/cluster:Cluster': 'ecs:cluster/%',
  'aws:ecs/taskDefinition:TaskDefinition': 'ecs:task-definition/%:1',
  'aws:kms/key:Key': 'kms:key/%',
  'aws:lambda/function:Function': 'lambda:function:%',
  'aws:secretsmanager/secret:Secret': 'secretsmanager:secret:%',
  'aws:sns/topic:Topic': 'sns:%',
  'aws:sqs/queue:Queue': 'sqs:%',
  'aws:ssm/parameter:Parameter': 'ssm:parameter%',
};

/** Services whose names are unique without a region, or without an account. */
function arn(type: string, physical: string): string {
  if (type === 'aws:s3/bucket:Bucket') return `arn:aws:s3:::${physical}`;
  if (type === 'aws:iam/role:Role') return `arn:aws:iam::${ACCOUNT}:role/${physical}`;
  const [service = '', ...rest] = (ARNS[type] ?? `${type.split(/[:/]/)[1]}:%`).split(':');
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest.join(':').replace('%', physical)}`;
}

function ruleName(inputs: Record<string, unknown>, physical: string): string {
  const bus = text(inputs.eventBusName);
  return bus === undefined || bus === 'default' ? physical : `${bus}/${physical}`;
}

/** What AWS adds to a resource, by type. */
function added(type: string, name: string, physical: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (type) {
    case 'aws:s3/bucket:Bucket':
      return { bucket: physical, bucketRegionalDomainName: `${physical}.s3.${REGION}.amazonaws.com` };
    case 'aws:sqs/queue:Queue':
      return { url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${physical}` };
    case 'aws:cloudwatch/eventRule:EventRule':
      return { arn: arn(type, ruleName(inputs, physical)) };
    case 'aws:lambda/function:Function':
      return { version: '1', qualifiedArn: `${arn(type, physical)}:1`, invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/${physical}` };
    case 'aws:lambda/alias:Alias': {
      const own = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${text(inputs.functionName)}:${text(inputs.name)}`;
      return { arn: own, invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${own}/invocations` };
    }
    case 'aws:s3/vectorsIndex:VectorsIndex':
      return { indexArn: `arn:aws:s3vectors:${REGION}:${ACCOUNT}:bucket/${inputs.vectorBucketName}/index/${inputs.indexName}` };
    case 'aws:s3/vectorsVectorBucket:VectorsVectorBucket':
      return { vectorBucketArn: `arn:aws:s3vectors:${REGION}:${ACCOUNT}:bucket/${inputs.vectorBucketName}` };
    case 'aws:apigatewayv2/api:Api':
      return {
        apiEndpoint: `https://${name}.execute-api.${REGION}.amazonaws.com`,
        executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${name}`,
      };
    default:
      return {};
  }
}

/** A created resource: its inputs, and what AWS would have added. */
export function created(type: string, name: string, inputs: Record<string, unknown>): Resource {
  const physical = text(inputs.name) ?? text(inputs.bucket) ?? name;
  if (!type.startsWith('aws:')) return { type, name, id: `${name}-id`, inputs, state: inputs };
  const state = { ...inputs, name: physical, arn: arn(type, physical), ...added(type, name, physical, inputs) };
  return { type, name, id: `${name}-id`, inputs, state };
}

const PolicyValue = (values: unknown): unknown => (Array.isArray(values) && values.length === 1 ? values[0] : values);
type Terraform = {
  effect?: string;
  sid?: string;
  actions?: string[];
  resources?: string[];
  principals?: { type: string; identifiers: string[] }[];
  conditions?: { test: string; variable: string; values: string[] }[];
};

/** A policy document, from the provider's form to IAM's. */
const policyOf = ({ statements = [] }: { statements?: Terraform[] }): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect = 'Allow', actions, resources, principals, conditions }) => ({
      ...(sid && { Sid: sid }),
      Effect: effect,
      Action: PolicyValue(actions),
      ...(resources && { Resource: PolicyValue(resources) }),
      ...(principals && {
        Principal: principals.some(({ type }) => type === '*')
          ? '*'
          : Object.fromEntries(principals.map(({ type, identifiers }) => [type, PolicyValue(identifiers)])),
      }),
      ...(conditions && {
        Condition: Object.fromEntries(conditions.map(({ test, variable, values }) => [test, { [variable]: PolicyValue(values) }])),
      }),
    })),
  });

const CALLS: [token: RegExp, answer: (inputs: Record<string, unknown>) => Record<string, unknown>][] = [
  [/getCallerIdentity/, () => ({ accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` })],
  [/getRegion/, () => ({ name: REGION, region: REGION, id: REGION })],
  [/getPartition/, () => ({ partition: 'aws', dnsSuffix: 'amazonaws.com' })],
  [/getPolicyDocument/, (inputs) => ({ json: policyOf(inputs) })],
  [/getAvailabilityZones/, () => ({ names: ['a', 'b', 'c'].map((zone) => REGION + zone), zoneIds: [] })],
  [/getEventBus/, ({ name }) => ({ name, arn: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${name}` })],
  [/getRandomPassword/, () => ({ randomPassword: 'made-at-the-first-deployment' })],
];

/** What a look-up (`aws.getRegion()`, ...) answers. */
export const answered = (token: string, inputs: Record<string, unknown>): Record<string, unknown> =>
  (CALLS.find(([pattern]) => pattern.test(token))?.[1] ?? ((asked) => asked))(inputs);
