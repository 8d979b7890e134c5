import { CreateTableCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';

const RULES = 'Rules = [ IsComplete "customer", RowCount > 2, IsUnique "order", ColumnExists "note" ]';

/** A source whose tables Glue catalogues and judges. */
let deployment: Deployment;
beforeAll(async () => {
  const config = {
    sources: [
      {
        name: 'finance',
        path: './finance',
        catalogue: true,
        quality: { rulesets: [{ name: 'orders', files: 'orders-*.csv', rules: RULES, hold: 0.5 }] },
      },
    ],
  };
  deployment = await deploy({ config });
  const inbox = deployment.variable('SLUICE_INBOX_BUCKET');
  const tables = { orders: 'finance/orders/', prices: 'finance/prices.csv', mixed: 'finance/mixed/' };
  for (const [Name, at] of Object.entries(tables)) {
    const TableInput = { Name, StorageDescriptor: { Location: `s3://${inbox}/${at}` } };
    await deployment.clients.glue.send(new CreateTableCommand({ DatabaseName: 'sluice_test_finance', TableInput }));
  }
  await deployment.put('finance/orders/orders-1.csv', 'order,customer\n1,ana\n2,\n');
  await deployment.put('finance/orders/orders-2.csv', 'order,customer\n3,bo\n4,cy\n');
  await deployment.put('finance/orders/orders-1.csv.metadata.json', '{"title":"Orders"}');
  await deployment.put('finance/prices.csv', 'price\n1\n');
  await deployment.put('finance/mixed/orders-3.csv', 'order,customer\n5,di\n');
  await deployment.put('finance/mixed/returns.csv', 'order,customer\n6,ed\n');
}, 120_000);
afterAll(() => deployment.stop());

/** https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html */
const crawled = (crawlerName: string) => ({
  version: '0',
  id: '6f2b0a5e-0b3c-4a35-a1d5-0f6c1f2b7a11',
  'detail-type': 'Glue Crawler State Change',
  source: 'aws.glue',
  account: '123456789012',
  time: '2026-11-21T03:04:05Z',
  region: 'us-east-1',
  resources: [],
  detail: { tablesCreated: '3', tablesUpdated: '0', crawlerName, state: 'Succeeded', completionDate: '2026-11-21T03:04:05Z' },
});

/** https://docs.aws.amazon.com/glue/latest/dg/data-quality-alerts.html */
const judged = (databaseName: string, resultID: string) => ({
  version: '0',
  id: 'abcdef00-1234-5678-9abc-def012345678',
  'detail-type': 'Data Quality Evaluation Results Available',
  source: 'aws.glue-dataquality',
  account: '123456789012',
  time: '2026-11-21T03:09:21Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    context: { contextType: 'GLUE_DATA_CATALOG', runId: 'dqrun-1', databaseName, tableName: 'orders', catalogId: '123456789012' },
    resultID,
    rulesetNames: ['sluice-test-finance-orders'],
    state: 'SUCCEEDED',
    score: 0.5,
    rulesSucceeded: 2,
    rulesFailed: 2,
    rulesSkipped: 0,
  },
});

const begun = () => deployment.aws.calls.filter(({ operation }) => operation === 'StartDataQualityRulesetEvaluationRun');

it('has each table judged that is made of files which a ruleset is about, and of no others', async () => {
  expect(await deployment.lambda.invoke('catalogue', crawled('sluice-test-finance'))).toMatchObject({ result: { begun: 1, counted: 0 } });
  const [run] = begun().map(({ body }) => JSON.parse(body.toString()));
  expect(run).toMatchObject({
    DataSource: { GlueTable: { DatabaseName: 'sluice_test_finance', TableName: 'orders' } },
    RulesetNames: ['sluice-test-finance-orders'],
    Role: 'arn:aws:iam::123456789012:role/sluice-test-tables',
  });
  // An event that comes twice names the same run.
  await deployment.lambda.invoke('catalogue', crawled('sluice-test-finance'));
  expect(new Set(begun().map(({ body }) => JSON.parse(body.toString()).ClientToken)).size).toBe(1);
});

it('counts what Glue says as what the pipeline judges itself', async () => {
  const token = JSON.parse(begun()[0]?.body.toString() ?? '{}').ClientToken;
  expect(await deployment.lambda.invoke('catalogue', judged('sluice_test_finance', `dqresult-${token}`))).toMatchObject({
    result: { begun: 0, counted: 1 },
  });
  const lines = deployment.lambda.logs.filter(({ container }) => container.startsWith('sluice-test-catalogue.'));
  const metrics = lines.flatMap(({ line }) => (line.includes('CloudWatchMetrics') ? [JSON.parse(line)] : []));
  expect(metrics).toContainEqual(expect.objectContaining({ source: 'finance', rule: 'rules:orders', RulesetPassRate: 0.5 }));
  expect(metrics).toContainEqual(expect.objectContaining({ rule: 'rules:orders', CheckPassRate: 0 }));
  const rules = metrics.flatMap(({ rule, TableRulePassRate: rate }) => (rate === undefined ? [] : [[rule, rate]]));
  expect(Object.fromEntries(rules)).toEqual({
    'rules:orders/1-IsComplete': 0,
    'rules:orders/2-RowCount': 1,
    'rules:orders/3-IsUnique': 1,
    'rules:orders/4-ColumnExists': 0,
  });
});

it('leaves alone what others crawl and judge, and results that are gone', async () => {
  const before = begun().length;
  for (const event of [crawled('payroll'), judged('payroll', 'dqresult-1'), judged('sluice_test_finance', 'dqresult-gone')]) {
    expect(await deployment.lambda.invoke('catalogue', event)).toMatchObject({ result: { begun: 0, counted: 0 } });
  }
  expect(begun().length).toBe(before);
});
