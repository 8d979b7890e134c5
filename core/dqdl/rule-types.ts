/** What a condition of a rule compares: a measured number, each row's value, its age, or the name of a type. */
export type Compares = 'number' | 'values' | 'age' | 'type' | 'nothing';

export type RuleType = {
  /** Fewest and most parameters. */
  parameters: readonly [number, number];
  compares: Compares;
  /** Whether the condition must be there. */
  needsCondition: boolean;
  /** Judges each row, so a share of them may be enough. */
  threshold: boolean;
  /** Whether `where` may narrow it. */
  where: boolean;
  /** Whether it may stand in `Analyzers`. */
  analyzer: boolean;
};

const MANY = 64;
const measure = (parameters: RuleType['parameters'], more: Partial<RuleType> = {}): RuleType => ({
  parameters,
  compares: 'number',
  needsCondition: true,
  threshold: false,
  where: true,
  analyzer: true,
  ...more,
});
const rows = (compares: Compares, more: Partial<RuleType> = {}): RuleType => ({
  parameters: [1, 1],
  compares,
  needsCondition: true,
  threshold: true,
  where: true,
  analyzer: false,
  ...more,
});
const yesOrNo = (parameters: RuleType['parameters'], more: Partial<RuleType> = {}): RuleType =>
  measure(parameters, { compares: 'nothing', needsCondition: false, analyzer: false, ...more });
const againstReference = (parameters: RuleType['parameters']): RuleType =>
  measure(parameters, { needsCondition: false, where: false, analyzer: false });

/** The rule types that are evaluated; `docs/dqdl.md` lists them and what Glue has besides. */
export const RULE_TYPES: Readonly<Record<string, RuleType>> = {
  RowCount: measure([0, 1]),
  ColumnCount: measure([0, 0], { where: false }),
  ColumnExists: yesOrNo([1, 1], { where: false }),
  ColumnNamesMatchPattern: yesOrNo([1, 1], { where: false }),
  IsComplete: yesOrNo([1, 1]),
  IsUnique: yesOrNo([1, MANY]),
  IsPrimaryKey: yesOrNo([1, MANY]),
  Completeness: measure([1, 1]),
  Uniqueness: measure([1, MANY]),
  UniqueValueRatio: measure([1, MANY]),
  DistinctValuesCount: measure([1, MANY]),
  Entropy: measure([1, 1]),
  Mean: measure([1, 1]),
  Sum: measure([1, 1]),
  StandardDeviation: measure([1, 1]),
  ColumnCorrelation: measure([2, 2]),
  ColumnValues: rows('values', { analyzer: true }),
  ColumnLength: rows('number', { analyzer: true }),
  ColumnDataType: rows('type'),
  DataFreshness: rows('age'),
  CustomSql: measure([1, 1], { needsCondition: false, threshold: true, where: false, analyzer: false }),
  ReferentialIntegrity: againstReference([2, 2]),
  DatasetMatch: againstReference([2, 3]),
  SchemaMatch: againstReference([1, 1]),
  RowCountMatch: againstReference([1, 1]),
  AggregateMatch: againstReference([2, 2]),
  DetectAnomalies: yesOrNo([1, MANY]),
  AllStatistics: { ...measure([1, 1]), compares: 'nothing', needsCondition: false },
};

/** In Glue alone. */
export const GLUE_ONLY: readonly string[] = ['FileFreshness', 'FileMatch', 'FileSize', 'FileUniqueness'];
