import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Config } from '#schemas/config.ts';
import { EXPIRES, LEDGER_INDEXES, TABLE_KEY } from '#schemas/tables.ts';
import { type Graph, statementsOf, synthesised, text } from './graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await synthesised();
});

const INBOX = 'sluice-test-inbox-123456789012-us-east-1';
const WORK = 'sluice-test-work-123456789012-us-east-1';

describe('every bucket', () => {
  it('refuses plain HTTP for itself and every object', () => {
    expect(graph.of('bucket').map(({ state }) => state.bucket)).toEqual(expect.arrayContaining([INBOX, WORK]));
    for (const { state } of graph.of('bucket')) {
      const policies = graph.of('bucketPolicy').filter(({ inputs }) => inputs.bucket === state.bucket);
      expect(policies.length, text(state.bucket)).toBe(1);
      const denied = policies.flatMap(({ inputs }) => statementsOf(inputs.policy)).filter(({ Effect }) => Effect === 'Deny');
      const tls = denied.find(({ Condition }) => Condition?.Bool?.['aws:SecureTransport']?.[0] === 'false');
      expect(tls, text(state.bucket)).toMatchObject({ Principal: '*', Action: ['s3:*'] });
      expect(tls?.Resource.sort()).toEqual([text(state.arn), `${text(state.arn)}/*`].sort());
    }
  });

  it('is closed to the public and encrypted', () => {
    for (const { state } of graph.of('bucket')) {
      const block = graph.of('publicAccessBlock').find(({ inputs }) => inputs.bucket === state.bucket);
      expect(block?.inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(encryptionOf(graph, text(state.bucket))).toBe('AES256');
    }
  });
});

const encryptionOf = (of: Graph, bucket: string): unknown => {
  const found = of.all.find(({ type, inputs }) => type.endsWith('BucketServerSideEncryptionConfiguration') && inputs.bucket === bucket);
  const Rules = z.array(z.object({ applyServerSideEncryptionByDefault: z.object({ sseAlgorithm: z.string() }) }));
  return Rules.parse(found?.inputs.rules)[0]?.applyServerSideEncryptionByDefault.sseAlgorithm;
};

describe('the inbox', () => {
  it('alone tells EventBridge of changes, and keeps versions', () => {
    const notifying = graph.all.filter(({ type }) => type.endsWith(':BucketNotification'));
    expect(notifying.map(({ inputs }) => inputs)).toEqual([{ bucket: INBOX, eventbridge: true }]);
    const versioned = graph.all.filter(({ type }) => type.endsWith(':BucketVersioning'));
    expect(versioned.map(({ inputs }) => inputs)).toEqual([{ bucket: INBOX, versioningConfiguration: { status: 'Enabled' } }]);
  });

  it('tiers by use without an archive that would have to be thawed', () => {
    const rules = JSON.stringify(graph.of('lifecycle').find(({ inputs }) => inputs.bucket === INBOX)?.inputs.rules);
    expect(rules).toContain('INTELLIGENT_TIERING');
    expect(rules).not.toMatch(/GLACIER|ARCHIVE/);
  });
});

const JWT = { issuer: 'https://login.example.com', audience: ['sluice'], operators: ['group:operators'] };

describe('the work bucket', () => {
  it('forgets what is not masked before what is, and neither manifests nor the configuration', () => {
    const Rules = z.array(z.object({ filter: z.object({ prefix: z.string() }), expiration: z.object({ days: z.number() }).optional() }));
    const rules = Rules.parse(graph.of('lifecycle').find(({ inputs }) => inputs.bucket === WORK)?.inputs.rules);
    const days = Object.fromEntries(rules.flatMap(({ filter, expiration }) => (expiration ? [[filter.prefix, expiration.days]] : [])));
    expect(days['unmasked/']).toBeLessThan(days['masked/'] ?? 0);
    expect(days['']).toBeUndefined();
  });

  it('keeps each class of data for as long as the configuration says', async () => {
    const deployed = await synthesised({ config: { retention: { unmaskedDays: 2, maskedDays: 5, oldVersionDays: 30 } } });
    const rules = (name: string): string =>
      JSON.stringify(deployed.of('lifecycle').find(({ inputs }) => inputs.bucket === name)?.inputs.rules);
    for (const [prefix, days] of Object.entries({ unmasked: 2, speech: 2, masked: 5 }))
      expect(rules(WORK)).toContain(`{"expiration":{"days":${days}},"filter":{"prefix":"${prefix}/"}`);
    expect(rules(INBOX)).toContain('"noncurrentDays":30');
  });

  it('holds the configuration that the functions run under', async () => {
    const deployed = await synthesised({ config: { chunking: { maxTokens: 123 }, deploy: { jwt: JWT } } });
    const { content } = deployed.all.find(({ type }) => type.endsWith(':BucketObjectv2'))?.inputs ?? {};
    const stored: unknown = JSON.parse(text(content));
    expect(Config.parse(stored)).toMatchObject({
      deploy: { jwt: JWT },
      chunking: { maxTokens: 123 },
      embedding: { model: 'titan-text-v2', dimensions: 1024 },
    });
  });
});

describe('every table', () => {
  it('is on demand, restorable, and keyed as the adapters write', () => {
    expect(
      graph
        .of('table')
        .map(({ state }) => text(state.name))
        .sort(),
    ).toEqual(['audit', 'embeddings', 'ledger', 'limits'].map((name) => `sluice-test-${name}`));
    for (const { inputs } of graph.of('table')) {
      expect(inputs).toMatchObject({
        billingMode: 'PAY_PER_REQUEST',
        pointInTimeRecovery: { enabled: true },
        hashKey: TABLE_KEY.partition,
        rangeKey: TABLE_KEY.sort,
      });
      expect(inputs.ttl, 'every table has rows that expire').toBeDefined();
      expect(inputs.ttl).toEqual({ attributeName: EXPIRES, enabled: true });
      expect(inputs.streamEnabled).toBe(false);
    }
  });

  it('of the ledger has the indexes by which it is listed', () => {
    const Indexes = z.array(z.object({ name: z.string(), hashKey: z.string(), rangeKey: z.string() }));
    const { attributes, globalSecondaryIndexes } = graph.named('table', 'sluice-test-ledger').inputs;
    const wanted = Object.entries(LEDGER_INDEXES).map(([name, { partition, sort }]) => ({ name, hashKey: partition, rangeKey: sort }));
    expect(Indexes.parse(globalSecondaryIndexes)).toEqual(wanted);
    expect(attributes).toContainEqual({ name: 'updatedAt', type: 'N' });
    expect(attributes).toContainEqual({ name: 'state', type: 'S' });
  });
});

describe('the vector index', () => {
  it('has the dimensions of the model, and its name, so that two models never share one', async () => {
    expect(graph.of('vectors').map(({ inputs }) => inputs)).toMatchObject([
      { indexName: 'titan-text-v2-1024', dimension: 1024, distanceMetric: 'cosine', dataType: 'float32' },
    ]);
    const binary = await synthesised({ config: { embedding: { model: 'titan-text-v2', dimensions: 256, encoding: 'binary' } } });
    expect(binary.of('vectors').map(({ inputs }) => inputs)).toMatchObject([{ indexName: 'titan-text-v2-256-binary', dimension: 256 }]);
  });
});

describe('archives', () => {
  it('keep the events of our bus, and on the default bus those of the inbox alone', () => {
    const [own, other] = [...graph.of('archive')].sort((a, b) => text(a.inputs.name).localeCompare(text(b.inputs.name)));
    expect(own?.inputs).toMatchObject({ eventSourceArn: expect.stringMatching(/event-bus\/sluice-test-bus$/), retentionDays: 14 });
    expect(other?.inputs).toMatchObject({ eventSourceArn: expect.stringMatching(/event-bus\/default$/), retentionDays: 14 });
    expect(JSON.parse(text(other?.inputs.eventPattern))).toEqual({ source: ['aws.s3'], detail: { bucket: { name: [INBOX] } } });
  });
});

describe('an idle stage', () => {
  it('has nothing that costs by the hour or the month', () => {
    const dear =
      /NatGateway|:Secret$|kms\/key:Key|VpcEndpoint$|Eip$|LoadBalancer|ProvisionedConcurrency|ecs\/service|rds|opensearch|PrivateDnsNamespace|route53/;
    expect(graph.all.filter(({ type, inputs }) => dear.test(type) && inputs.vpcEndpointType !== 'Gateway').map(({ type }) => type)).toEqual(
      [],
    );
  });
});
