/** A ruleset of the Data Quality Definition Language as its parser gives it (docs/dqdl.md). */

/** Where something stands in a ruleset; lines and columns count from 1. */
export type Position = { line: number; column: number };

export type Keyword = 'NULL' | 'EMPTY' | 'WHITESPACES_ONLY';
export const KEYWORDS: readonly Keyword[] = ['NULL', 'EMPTY', 'WHITESPACES_ONLY'];

export const DURATION_UNITS = ['days', 'hours', 'minutes'] as const;
export type Duration = { amount: number; unit: (typeof DURATION_UNITS)[number] };

export type Operand =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'keyword'; value: Keyword }
  | ({ kind: 'duration' } & Duration)
  /** The time of the run, moved by a duration. */
  | { kind: 'now'; offset?: Duration & { sign: '+' | '-' } }
  | { kind: 'call'; name: string; args: Operand[]; at: Position }
  | { kind: 'sum'; operator: '+' | '-' | '*' | '/'; left: Operand; right: Operand }
  | { kind: 'constant'; name: string; at: Position };

export const COMPARISONS = ['=', '!=', '>=', '<=', '>', '<'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type Condition =
  | { kind: 'compare'; operator: Comparison; value: Operand }
  | { kind: 'between'; negated: boolean; low: Operand; high: Operand }
  | { kind: 'in'; negated: boolean; values: Operand[] }
  | { kind: 'matches'; negated: boolean; pattern: string };

export type Label = { key: string; value: string };

/** A parameter as written: quoted, a bare word, or a constant's name. */
export type Parameter = { kind: 'text'; value: string } | { kind: 'constant'; name: string; at: Position };

export type SimpleRule = {
  kind: 'rule';
  type: string;
  parameters: Parameter[];
  condition?: Condition;
  /** A filter in SQL: the rule is about the rows that it leaves. */
  where?: string;
  /** `with threshold ...`: which share of the rows must meet the condition. */
  threshold?: Condition;
  labels: Label[];
  at: Position;
};

export type Rule = SimpleRule | { kind: 'and' | 'or'; rules: Rule[]; labels: Label[]; at: Position };

export type Constant = { name: string; value: Operand | Operand[]; at: Position };

export type Ruleset = { constants: Constant[]; defaultLabels: Label[]; rules: Rule[]; analyzers: SimpleRule[] };
