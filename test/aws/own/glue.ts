import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { duckDbTables } from '#adapters/duckdb/duckdb-tables.ts';
import { evaluateRules } from '#core/dqdl/evaluate.ts';
import { parseRules } from '#core/dqdl/parse.ts';
import type { Account } from './account.ts';
import { type OwnService, operation, ServiceFault } from './service.ts';

const Table = z.object({ Name: z.string(), StorageDescriptor: z.object({ Location: z.string() }) });
type Table = z.infer<typeof Table>;
const Start = z.object({
  DataSource: z.object({ GlueTable: z.object({ DatabaseName: z.string(), TableName: z.string() }) }),
  RulesetNames: z.tuple([z.string()]),
  ClientToken: z.string(),
  AdditionalRunOptions: z.object({ CompositeRuleEvaluationMethod: z.enum(['ROW', 'COLUMN']) }),
});

const missing = (what: string): ServiceFault => new ServiceFault('EntityNotFoundException', `${what} is not there`);

/** The rows of a catalogued table: its files are separated values, each with the same header. */
async function rowsOf({ StorageDescriptor: { Location } }: Table, { s3 }: Account): Promise<{ header: string[]; rows: string[][] }> {
  const [, Bucket = '', Prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(Location) ?? [];
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const files = await Promise.all(
    Contents.map(async ({ Key = '' }) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()),
  );
  const tables = files.map((text = '') =>
    text
      .trim()
      .split('\n')
      .map((line) => line.split(',')),
  );
  return { header: tables[0]?.[0] ?? [], rows: tables.flatMap((table) => table.slice(1)) };
}

/** The catalogue and Data Quality of Glue: moto has no evaluation runs. They are judged by our own reading of DQDL, at once. */
export function glue(account: Account): OwnService {
  const tables = new Map<string, Table>();
  const rulesets = new Map<string, string>();
  const results = new Map<string, object>();
  return {
    name: 'glue',
    signedAs: 'glue',
    invalid: 'InvalidInputException',
    operations: {
      CreateTable: operation(z.object({ DatabaseName: z.string(), TableInput: Table }), ({ DatabaseName, TableInput }) => {
        tables.set(`${DatabaseName}.${TableInput.Name}`, TableInput);
        return {};
      }),
      GetTables: operation(z.object({ DatabaseName: z.string() }), ({ DatabaseName }) => ({
        TableList: [...tables].flatMap(([key, table]) => (key.startsWith(`${DatabaseName}.`) ? [table] : [])),
      })),
      CreateDataQualityRuleset: operation(z.object({ Name: z.string(), Ruleset: z.string() }), ({ Name, Ruleset }) => {
        rulesets.set(Name, Ruleset);
        return { Name };
      }),
      StartDataQualityRulesetEvaluationRun: operation(
        Start,
        async ({ DataSource: { GlueTable: of }, RulesetNames: [name], ClientToken, AdditionalRunOptions }) => {
          const [table, rules] = [tables.get(`${of.DatabaseName}.${of.TableName}`), rulesets.get(name)];
          if (!table || rules === undefined) throw missing(`${of.TableName} or ${name}`);
          const composite = AdditionalRunOptions.CompositeRuleEvaluationMethod === 'ROW' ? 'row' : 'column';
          const { outcomes, score } = await duckDbTables().open([{ alias: 'primary', ...(await rowsOf(table, account)) }], (open) =>
            evaluateRules(parseRules(rules), open, { now: 0, history: () => [], composite, namedRows: 0 }),
          );
          results.set(`dqresult-${ClientToken}`, {
            ResultId: `dqresult-${ClientToken}`,
            RulesetName: name,
            Score: score,
            DataSource: { GlueTable: of },
            RuleResults: outcomes.map(({ rule, outcome }, i) => ({
              Name: `Rule_${i + 1}`,
              Description: rule,
              Result: outcome.toUpperCase(),
            })),
          });
          return { RunId: `dqrun-${ClientToken}` };
        },
      ),
      GetDataQualityResult: operation(z.object({ ResultId: z.string() }), ({ ResultId }) => {
        const result = results.get(ResultId);
        if (!result) throw missing(ResultId);
        return result;
      }),
    },
  };
}
