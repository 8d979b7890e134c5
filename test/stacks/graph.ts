import { z } from 'zod';
import { type Resource, synthesise, type Wanted } from '#stacks/synth/synthesise.ts';

/** Short names of the types that tests ask for. */
const TYPES = {
  alarm: 'aws:cloudwatch/metricAlarm:MetricAlarm',
  alias: 'aws:lambda/alias:Alias',
  apiRoute: 'aws:apigatewayv2/route:Route',
  archive: 'aws:cloudwatch/eventArchive:EventArchive',
  bucket: 'aws:s3/bucket:Bucket',
  bucketPolicy: 'aws:s3/bucketPolicy:BucketPolicy',
  endpoint: 'aws:ec2/vpcEndpoint:VpcEndpoint',
  function: 'aws:lambda/function:Function',
  key: 'aws:kms/key:Key',
  lifecycle: 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
  log: 'aws:cloudwatch/logGroup:LogGroup',
  mapping: 'aws:lambda/eventSourceMapping:EventSourceMapping',
  publicAccessBlock: 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock',
  queue: 'aws:sqs/queue:Queue',
  queuePolicy: 'aws:sqs/queuePolicy:QueuePolicy',
  role: 'aws:iam/role:Role',
  rolePolicy: 'aws:iam/rolePolicy:RolePolicy',
  rule: 'aws:cloudwatch/eventRule:EventRule',
  secret: 'aws:secretsmanager/secret:Secret',
  subscription: 'aws:sns/topicSubscription:TopicSubscription',
  table: 'aws:dynamodb/table:Table',
  target: 'aws:cloudwatch/eventTarget:EventTarget',
  topicPolicy: 'aws:sns/topicPolicy:TopicPolicy',
  vectors: 'aws:s3/vectorsIndex:VectorsIndex',
} as const;
export type Kind = keyof typeof TYPES;

export type Graph = {
  all: readonly Resource[];
  of(kind: Kind): Resource[];
  /** The one with this physical name; fails when there is none, or more than one. */
  named(kind: Kind, name: string): Resource;
  count(type: RegExp): number;
};

function graphOf(all: readonly Resource[]): Graph {
  const of = (kind: Kind) => all.filter(({ type }) => type === TYPES[kind]);
  return {
    all,
    of,
    named(kind, name) {
      const [found, another] = of(kind).filter(({ state }) => state.name === name);
      if (!found || another) throw new Error(`the graph has ${found ? 'more than one' : 'no'} ${kind} ${name}`);
      return found;
    },
    count: (type) => all.filter((resource) => type.test(resource.type)).length,
  };
}

const graphs = new Map<string, Promise<Graph>>();

/** What a stage would consist of; each is synthesised once for all tests. */
export function synthesised(wanted: Wanted = {}): Promise<Graph> {
  const key = JSON.stringify(wanted);
  const graph = graphs.get(key) ?? synthesise(wanted).then(graphOf);
  graphs.set(key, graph);
  return graph;
}

export const text = (value: unknown): string => z.string().parse(value);

const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: list,
  Resource: list.default([]),
  Condition: z.record(z.string(), z.record(z.string(), list)).optional(),
});
export type Statement = z.infer<typeof Statement>;
const Policy = z.object({ Statement: z.array(Statement) });

export const statementsOf = (policy: unknown): Statement[] => Policy.parse(JSON.parse(text(policy))).Statement;

const glob = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '.*')}$`);
const covers = (patterns: readonly string[], value: string): boolean => patterns.some((pattern) => glob(pattern).test(value));

/** Whether IAM would allow it, conditions left aside: one statement does, and none denies it. */
export function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  const about = statements.filter(({ Action, Resource }) => covers(Action, action) && covers(Resource, resource));
  return about.some(({ Effect }) => Effect === 'Allow') && about.every(({ Effect }) => Effect === 'Allow');
}
