import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROUTES } from '#schemas/routes.ts';
import { allows, type Graph, statementsOf, synthesised, text } from './graph.ts';

const policiesOf = (graph: Graph, role: string) =>
  graph.of('rolePolicy').flatMap(({ inputs }) => (inputs.role === role ? statementsOf(inputs.policy) : []));

describe('a private network', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await synthesised({ config: { deploy: { privateNetwork: true } } });
  });
  const Vpc = z.object({ subnetIds: z.array(z.string()).min(2), securityGroupIds: z.array(z.string()).length(1) });

  it('holds every function, and has no way to the internet', () => {
    for (const { inputs } of graph.of('function')) expect(() => Vpc.parse(inputs.vpcConfig)).not.toThrow();
    expect(graph.count(/InternetGateway|NatGateway|ec2\/route:Route$/)).toBe(0);
  });

  it('reaches the services that functions call through endpoints', () => {
    const services = graph
      .of('endpoint')
      .map(({ inputs }) => `${text(inputs.vpcEndpointType)} ${text(inputs.serviceName).replace('com.amazonaws.us-east-1.', '')}`);
    expect(services).toEqual(
      expect.arrayContaining([
        'Gateway s3',
        'Gateway dynamodb',
        ...['sqs', 'events', 'ssm', 's3vectors', 'bedrock-runtime', 'textract', 'logs'].map((name) => `Interface ${name}`),
      ]),
    );
  });

  it('is joined by no function of a stage without it', async () => {
    const open = await synthesised();
    for (const { inputs } of open.of('function')) expect(inputs.vpcConfig).toBeUndefined();
    expect(open.of('endpoint')).toEqual([]);
  });
});

describe('a key of the stage', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await synthesised({ config: { deploy: { customerManagedKey: true } } });
  });

  it('encrypts buckets, tables, queues, vectors, logs, parameters and variables', () => {
    const key = text(graph.of('key')[0]?.state.arn);
    const unencrypted = graph.all.filter(
      ({ type, inputs }) =>
        [
          'dynamodb/table:Table',
          'sqs/queue:Queue',
          'vectorsVectorBucket',
          'ssm/parameter:Parameter',
          'lambda/function:Function',
          'cloudwatch/eventBus:EventBus',
          'sns/topic:Topic',
        ].some((kind) => type.includes(kind)) && !JSON.stringify(inputs).includes(key),
    );
    expect(unencrypted.map(({ type, name }) => `${type} ${name}`)).toEqual([]);
    const buckets = graph.all.filter(
      ({ type, name }) => type.endsWith('BucketServerSideEncryptionConfiguration') && !name.startsWith('Trail'),
    );
    for (const { inputs } of buckets) expect(JSON.stringify(inputs)).toContain(key);
  });

  it('may be used by every function, and turned each year', () => {
    const [key] = graph.of('key');
    expect(key?.inputs.enableKeyRotation).toBe(true);
    for (const { inputs } of graph.of('function')) {
      const statements = policiesOf(graph, text(inputs.name));
      expect(allows(statements, 'kms:Decrypt', text(key?.state.arn)), text(inputs.name)).toBe(true);
      expect(allows(statements, 'kms:GenerateDataKey', text(key?.state.arn)), text(inputs.name)).toBe(true);
    }
  });
});

describe('without tasks', () => {
  it('there is neither cluster nor network, nor a stage that would start one', async () => {
    const graph = await synthesised({ config: { deploy: { tasks: false } } });
    expect(graph.count(/^aws:(ecs|ec2)\//)).toBe(0);
    expect(graph.all.filter(({ name }) => name.startsWith('run-task'))).toEqual([]);
    const { content } = graph.all.find(({ type }) => type.endsWith(':BucketObjectv2'))?.inputs ?? {};
    expect(JSON.parse(text(content)).extraction).not.toHaveProperty('taskMb');
  });
});

describe('what is polled', () => {
  const polled = async (config?: object) =>
    (await synthesised(config && { config }))
      .of('mapping')
      .flatMap(({ name, inputs }) => (inputs.enabled === true ? [name] : []))
      .sort();

  it('is the urgent lane too where a source is urgent', async () => {
    const all = ROUTES.flatMap(({ stage, lanes }) => lanes.map((lane) => `${stage}-${lane}`));
    expect(await polled({ sources: [{ name: 'alerts', path: './alerts', priority: 'urgent' }] })).toEqual(all.sort());
    expect(await polled()).toEqual(all.filter((name) => name.endsWith('-bulk')).sort());
  });

  it('is no queue of a paused stage', async () => {
    expect(await polled({ deploy: { paused: true } })).toEqual([]);
  });
});

describe('the API', () => {
  it('is called by those who sign with AWS credentials', async () => {
    const graph = await synthesised();
    expect(graph.of('apiRoute').map(({ inputs }) => inputs)).toMatchObject([{ routeKey: '$default', authorizationType: 'AWS_IAM' }]);
  });

  it('or by those who bring a token of the configured issuer', async () => {
    const jwt = { issuer: 'https://login.example.com', audience: ['sluice'] };
    const graph = await synthesised({ config: { deploy: { jwt } } });
    const authorizers = graph.all.filter(({ type }) => type.endsWith(':Authorizer'));
    expect(authorizers.map(({ inputs }) => inputs)).toMatchObject([
      { authorizerType: 'JWT', jwtConfiguration: { issuer: jwt.issuer, audiences: jwt.audience } },
    ]);
    expect(graph.of('apiRoute').map(({ inputs }) => inputs)).toMatchObject([
      { authorizationType: 'JWT', authorizerId: authorizers[0]?.id },
    ]);
  });
});

describe('watching access', () => {
  it('records what is read of buckets and tables, and tells of unusual reads', async () => {
    const graph = await synthesised();
    const trail = graph.all.find(({ type }) => type.endsWith('trail:Trail'));
    const seen = JSON.stringify(trail?.inputs.advancedEventSelectors);
    for (const { state } of graph.of('table')) expect(seen).toContain(state.arn);
    expect(seen).toMatch(/sluice-test-inbox-[^"]+\//);
    expect(seen).toMatch(/sluice-test-work-[^"]+\//);
    const filters = graph.all.filter(({ type }) => type.endsWith(':LogMetricFilter'));
    const counted = filters.map(({ inputs }) => z.object({ name: z.string(), namespace: z.string() }).parse(inputs.metricTransformation));
    const alarms = JSON.stringify(graph.of('alarm').map(({ inputs }) => inputs));
    expect(counted.length).toBe(2);
    for (const { name, namespace } of counted) {
      expect(alarms).toContain(`"metricName":"${name}"`);
      expect(alarms).toContain(`"namespace":"${namespace}"`);
    }
  });

  it('adds Macie, GuardDuty and the log of models only where asked', async () => {
    const optional = /macie2|guardduty|bedrockmodel/;
    expect((await synthesised()).count(optional)).toBe(0);
    const graph = await synthesised({ config: { deploy: { macie: true, guardDuty: true, modelInvocationLogging: true } } });
    expect(
      graph.all
        .filter(({ type }) => optional.test(type))
        .map(({ type }) => type.split(':')[2])
        .sort(),
    ).toEqual(['Account', 'ClassificationJob', 'Detector', 'InvocationLoggingConfiguration', 'MalwareProtectionPlan'].sort());
  });
});

describe('a gradual rollout', () => {
  it('moves every function of staging and production by itself, and back on an alarm', async () => {
    const graph = await synthesised({ stage: 'staging' });
    const groups = graph.all.filter(({ type }) => type.endsWith(':DeploymentGroup'));
    expect(groups.length).toBe(graph.of('function').length);
    const alarms = new Set(graph.of('alarm').map(({ inputs }) => inputs.name));
    const Alarms = z.object({ enabled: z.literal(true), alarms: z.array(z.string()).min(2) });
    for (const { inputs } of groups) {
      for (const name of Alarms.parse(inputs.alarmConfiguration).alarms) expect(alarms).toContain(name);
      expect(inputs).toMatchObject({
        deploymentConfigName: expect.stringMatching(/Canary10Percent/),
        autoRollbackConfiguration: { enabled: true },
      });
    }
  });

  it('is not for a stage of one’s own', async () => {
    expect((await synthesised()).count(/codedeploy/)).toBe(0);
  });
});
