import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePattern } from '#core/event-pattern.ts';
import { allows, type Graph, statementsOf, synthesised, text } from './graph.ts';

const rulesets = [
  { name: 'orders', files: 'orders-*.csv', rules: 'Rules = [ IsComplete "order_id" ]' },
  { name: 'prices', files: 'prices.csv', rules: 'Rules = [ RowCount > 0 ]' },
];
const CONFIG = {
  sources: [
    { name: 'finance', path: './finance/tables', catalogue: true, quality: { rulesets } },
    { name: 'handbooks', path: './handbooks' },
  ],
  deploy: { catalogueSchedule: 'cron(0 */6 * * ? *)' },
};

let graph: Graph;
beforeAll(async () => {
  graph = await synthesised({ config: CONFIG });
});
const ofType = (one: Graph, type: string) => one.all.filter((resource) => resource.type.startsWith(`aws:glue/${type}:`));

describe('a source that asks for a catalogue', () => {
  it('has a crawler over its own part of the inbox, side-cars and documents left out, as often as is said', () => {
    const Crawler = z.object({ s3Targets: z.tuple([z.object({ path: z.string(), exclusions: z.array(z.string()) })]) });
    const [crawler, another] = ofType(graph, 'crawler');
    expect(another).toBeUndefined();
    expect(crawler?.inputs).toMatchObject({
      name: 'sluice-test-finance',
      databaseName: 'sluice_test_finance',
      schedule: 'cron(0 */6 * * ? *)',
    });
    const [{ path, exclusions }] = Crawler.parse(crawler?.inputs).s3Targets;
    expect(path).toMatch(/^s3:\/\/sluice-test-inbox-[^/]+\/finance\/tables\/$/);
    expect(exclusions).toContain('**.metadata.json');
  });

  it('has its rulesets in Glue, word for word', () => {
    const made = ofType(graph, 'dataQualityRuleset').map(({ inputs }) => ({ name: inputs.name, ruleset: inputs.ruleset }));
    expect(made).toEqual(rulesets.map(({ name, rules }) => ({ name: `sluice-test-finance-${name}`, ruleset: rules })));
  });

  it('lets Glue read its part of the inbox and keep its tables, and nothing else', () => {
    const statements = graph
      .of('rolePolicy')
      .flatMap(({ inputs }) => (inputs.role === 'sluice-test-tables' ? statementsOf(inputs.policy) : []));
    const inbox = text(graph.of('bucket').find(({ state }) => text(state.bucket).includes('-inbox-'))?.state.arn);
    const glue = 'arn:aws:glue:us-east-1:123456789012';
    expect(allows(statements, 's3:GetObject', `${inbox}/finance/tables/orders-1.csv`)).toBe(true);
    expect(allows(statements, 's3:GetObject', `${inbox}/handbooks/pump.pdf`)).toBe(false);
    expect(allows(statements, 's3:PutObject', `${inbox}/finance/tables/orders-1.csv`)).toBe(false);
    expect(allows(statements, 'glue:CreateTable', `${glue}:table/sluice_test_finance/orders`)).toBe(true);
    expect(allows(statements, 'glue:CreateTable', `${glue}:table/payroll/people`)).toBe(false);
    expect(allows(statements, 'glue:PublishDataQuality', `${glue}:dataQualityRuleset/sluice-test-finance-orders`)).toBe(true);
    expect(
      statements.flatMap(({ Action, Resource }) => [...Action, ...Resource]).filter((one) => one === '*' || /^\w+:\*$/.test(one)),
    ).toEqual([]);
    const { assumeRolePolicy } = graph.named('role', 'sluice-test-tables').inputs;
    expect(statementsOf(assumeRolePolicy)).toMatchObject([{ Principal: { Service: 'glue.amazonaws.com' } }]);
  });

  it('tells its function when a crawl or an evaluation has ended, and of nobody else', () => {
    const fed = graph.of('target').filter(({ inputs }) => text(inputs.arn).includes(':function:sluice-test-catalogue:live'));
    const patterns = fed.map(({ inputs }) => compilePattern(JSON.parse(text(graph.named('rule', text(inputs.rule)).inputs.eventPattern))));
    const told = (event: object) => patterns.filter((matches) => matches(event)).length;
    const crawl = (crawlerName: string, state: string) => ({
      source: 'aws.glue',
      'detail-type': 'Glue Crawler State Change',
      detail: { crawlerName, state },
    });
    const result = (databaseName: string) => ({
      source: 'aws.glue-dataquality',
      'detail-type': 'Data Quality Evaluation Results Available',
      detail: { context: { contextType: 'GLUE_DATA_CATALOG', databaseName }, resultID: 'dqresult-1' },
    });
    expect([crawl('sluice-test-finance', 'Succeeded'), result('sluice_test_finance')].map(told)).toEqual([1, 1]);
    expect([crawl('sluice-test-finance', 'Started'), crawl('payroll', 'Succeeded'), result('payroll')].map(told)).toEqual([0, 0, 0]);
    const permissions = graph.all.filter(({ type, inputs }) => type.endsWith(':Permission') && inputs.function === 'sluice-test-catalogue');
    expect(permissions.map(({ inputs }) => inputs.sourceArn).sort()).toEqual(
      fed.map(({ inputs }) => graph.named('rule', text(inputs.rule)).state.arn).sort(),
    );
  });

  it('is reached from a private network', async () => {
    const closed = await synthesised({ config: { ...CONFIG, deploy: { privateNetwork: true } } });
    expect(closed.of('endpoint').map(({ inputs }) => inputs.serviceName)).toContain('com.amazonaws.us-east-1.glue');
  });
});

it('costs nothing where no source asks for it', async () => {
  const plain = await synthesised();
  expect(plain.count(/^aws:glue\//)).toBe(0);
  expect(plain.of('function').map(({ inputs }) => inputs.name)).not.toContain('sluice-test-catalogue');
});
