import {
  type DataQualityRuleResult,
  EntityNotFoundException,
  GetDataQualityResultCommand,
  GetTablesCommand,
  GlueClient,
  StartDataQualityRulesetEvaluationRunCommand,
} from '@aws-sdk/client-glue';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';

const client = once(() => new GlueClient(clientOptions({ timeoutMs: 30_000 })));

/** A run takes two of the smallest workers, Glue's least, and is ended after this time. */
const RUN = { NumberOfWorkers: 2, Timeout: 60 };

export type CataloguedTable = { name: string; bucket: string; prefix: string };

/** The tables of a database that lie in a bucket. */
export async function tablesOf(database: string): Promise<CataloguedTable[]> {
  const found: CataloguedTable[] = [];
  let NextToken: string | undefined;
  do {
    const page = await calling('listing the tables of a catalogue', () =>
      client().send(new GetTablesCommand({ DatabaseName: database, ...(NextToken !== undefined && { NextToken }) })),
    );
    for (const { Name: name, StorageDescriptor } of page.TableList ?? []) {
      const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(StorageDescriptor?.Location ?? '') ?? [];
      if (name !== undefined && bucket !== undefined && prefix !== undefined) found.push({ name, bucket, prefix });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

export type Evaluation = {
  database: string;
  table: string;
  ruleset: string;
  composite: 'row' | 'column';
  role: string;
  /** The same token begins nothing twice. */
  token: string;
};

/** Begins to hold a table against a ruleset; its end is told by an event. */
export async function startEvaluation({ database, table, ruleset, composite, role, token }: Evaluation): Promise<void> {
  await calling('having a table judged', () =>
    client().send(
      new StartDataQualityRulesetEvaluationRunCommand({
        ...RUN,
        DataSource: { GlueTable: { DatabaseName: database, TableName: table } },
        RulesetNames: [ruleset],
        Role: role,
        ClientToken: token,
        // Ours are the figures; Glue's own would be paid for as well.
        AdditionalRunOptions: { CloudWatchMetricsEnabled: false, CompositeRuleEvaluationMethod: composite === 'row' ? 'ROW' : 'COLUMN' },
      }),
    ),
  );
}

/** Glue names the rules of a ruleset by number: `Rule_1`. */
const numberOf = ({ Name = '' }: DataQualityRuleResult): number => Number(/\d+$/.exec(Name)?.[0] ?? 0);

/** What became of the rules of a ruleset, in their order; undefined: there is no such result (any more). */
export async function evaluationResult(id: string): Promise<{ ruleset: string; rules: { rule: string; passes: boolean }[] } | undefined> {
  try {
    const { RulesetName: ruleset = '', RuleResults: results = [] } = await calling('reading a result of data quality', () =>
      client().send(new GetDataQualityResultCommand({ ResultId: id })),
    );
    const rules = results.toSorted((a, b) => numberOf(a) - numberOf(b));
    return { ruleset, rules: rules.map(({ Description: rule = '', Result }) => ({ rule, passes: Result === 'PASS' })) };
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}
