import { type CataloguedSource, cataloguedSources, crawlerName, databaseName, rulesetName } from '#schemas/catalogue.ts';
import type { Config } from '#schemas/config.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import type { Encryption } from './encryption.ts';
import type { DeployedFunction } from './functions/function.ts';
import { arnOf, named } from './names.ts';
import { allow, assumedBy, policyDocument, type Statement } from './policy.ts';

/** What the function that has tables judged may reach. */
export type Catalogue = {
  role: aws.iam.Role;
  /** As JSON, for the environment. */
  place: $util.Output<string>;
  /** The catalogue itself, its databases and their tables. */
  tables: $util.Output<string>[];
  rulesets: $util.Output<string>[];
  databases: string[];
  crawlers: string[];
};

/** What no table is made of; a crawler would give each a table without columns. */
const NO_TABLES =
  'pdf,doc,docx,ppt,pptx,xls,xlsx,xlsb,odt,ods,odp,rtf,epub,html,htm,xml,md,txt,eml,msg,mbox,ipynb,vtt,srt,png,jpg,jpeg,gif,bmp,webp,tif,tiff,mp3,mp4,wav,ogg,flac,zip,tar,gz,tgz';
const EXCLUSIONS = [`**${SIDECAR_SUFFIX}`, `**.{${NO_TABLES}}`];

/** Files of equal columns are one table, and a table whose files are gone goes as well. */
const CRAWL = {
  configuration: JSON.stringify({ Version: 1, Grouping: { TableGroupingPolicy: 'CombineCompatibleSchemas' } }),
  schemaChangePolicy: { updateBehavior: 'UPDATE_IN_DATABASE', deleteBehavior: 'DELETE_FROM_DATABASE' },
};

const READ_TABLES = [
  'glue:GetDatabase',
  'glue:GetTable',
  'glue:GetTables',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:BatchGetPartition',
];
const WRITE_TABLES = [
  'glue:CreateTable',
  'glue:UpdateTable',
  'glue:DeleteTable',
  'glue:BatchDeleteTable',
  'glue:CreatePartition',
  'glue:UpdatePartition',
  'glue:DeletePartition',
  'glue:BatchCreatePartition',
  'glue:BatchDeletePartition',
];
/** https://docs.aws.amazon.com/glue/latest/dg/data-quality-authorization.html */
const JUDGE = ['glue:GetDataQualityRuleset', 'glue:GetDataQualityRulesetEvaluationRun', 'glue:PublishDataQuality'];

type Place = { inbox: sst.aws.Bucket; key: aws.kms.Key | undefined };

/** What Glue does with tables of the sources: reads their files, keeps their columns, and judges them. It reads nothing else of the inbox. */
function statementsOf(
  sources: readonly CataloguedSource[],
  { tables, rulesets }: Pick<Catalogue, 'tables' | 'rulesets'>,
  { inbox, key }: Place,
): Statement[] {
  return [
    allow(
      ['s3:GetObject'],
      sources.map(({ prefix }) => $interpolate`${inbox.arn}/${prefix}*`),
    ),
    allow(['s3:ListBucket'], [inbox.arn], { StringLike: { 's3:prefix': sources.map(({ prefix }) => `${prefix}*`) } }),
    allow(['s3:GetBucketLocation'], [inbox.arn]),
    allow([...READ_TABLES, ...WRITE_TABLES], tables),
    allow(JUDGE, rulesets),
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], [arnOf('logs', 'log-group:/aws-glue/*')]),
    ...(key ? [allow(['kms:Decrypt'], [key.arn])] : []),
  ];
}

function createSource({ name, prefix, rulesets }: CataloguedSource, role: aws.iam.Role, inbox: sst.aws.Bucket, schedule: string): void {
  const database = new aws.glue.CatalogDatabase(`${name}-tables`, { name: databaseName(named(), name) });
  new aws.glue.Crawler(`${name}-tables`, {
    name: crawlerName(named(), name),
    databaseName: database.name,
    role: role.arn,
    s3Targets: [{ path: $interpolate`s3://${inbox.name}/${prefix}`, exclusions: EXCLUSIONS }],
    schedule,
    ...CRAWL,
  });
  for (const { name: ruleset, rules } of rulesets) {
    new aws.glue.DataQualityRuleset(`${name}-${ruleset}`, { name: rulesetName(named(), name, ruleset), ruleset: rules });
  }
}

/** A crawler, a database and the rulesets of each source that asks for them; undefined where none does. */
export function createCatalogue(config: Config, inbox: sst.aws.Bucket, { key }: Encryption): Catalogue | undefined {
  const sources = cataloguedSources(config);
  if (sources.length === 0) return undefined;
  const databases = sources.map(({ name }) => databaseName(named(), name));
  const tables = [
    arnOf('glue', 'catalog'),
    ...databases.flatMap((name) => [arnOf('glue', `database/${name}`), arnOf('glue', `table/${name}/*`)]),
  ];
  const names = sources.flatMap(({ name, rulesets }) => rulesets.map((ruleset) => rulesetName(named(), name, ruleset.name)));
  const rulesets = names.map((name) => arnOf('glue', `dataQualityRuleset/${name}`));
  const role = new aws.iam.Role('tables-role', { name: named('tables'), assumeRolePolicy: assumedBy('glue.amazonaws.com') });
  new aws.iam.RolePolicy('tables-policy', {
    role: role.name,
    policy: policyDocument(statementsOf(sources, { tables, rulesets }, { inbox, key })),
  });
  for (const source of sources) createSource(source, role, inbox, config.deploy.catalogueSchedule);
  const place = $jsonStringify({ deployment: named(), role: role.arn });
  return { role, place, tables, rulesets, databases, crawlers: sources.map(({ name }) => crawlerName(named(), name)) };
}

/** Calls the function when a crawl or an evaluation of ours has ended. */
export function connectCatalogue({ databases, crawlers }: Catalogue, { function: called, alias }: DeployedFunction): void {
  const patterns = {
    crawled: {
      source: ['aws.glue'],
      'detail-type': ['Glue Crawler State Change'],
      detail: { crawlerName: crawlers, state: ['Succeeded'] },
    },
    judged: {
      source: ['aws.glue-dataquality'],
      'detail-type': ['Data Quality Evaluation Results Available'],
      detail: { context: { contextType: ['GLUE_DATA_CATALOG'], databaseName: databases } },
    },
  };
  for (const [name, pattern] of Object.entries(patterns)) {
    const rule = new aws.cloudwatch.EventRule(`tables-${name}`, { name: named('tables', name), eventPattern: JSON.stringify(pattern) });
    new aws.cloudwatch.EventTarget(`tables-${name}`, { rule: rule.name, arn: alias.arn });
    new aws.lambda.Permission(`tables-${name}`, {
      action: 'lambda:InvokeFunction',
      function: called.name,
      qualifier: alias.name,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
  }
}
