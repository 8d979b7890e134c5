import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Operand, Position, Rule, Ruleset, SimpleRule } from '#core/dqdl/ast.ts';
import { parseRules } from '#core/dqdl/parse.ts';
import { printRule, printRules } from '#core/dqdl/print.ts';
import { SluiceError } from '#core/errors.ts';

const parsed = (rule: string): Rule => {
  const [first] = parseRules(`Rules = [ ${rule} ]`).rules;
  if (!first) throw new Error('no rule');
  return first;
};
const errorOf = (source: string): string => {
  try {
    parseRules(source);
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'invalid-rules') return error.message;
    throw error;
  }
  return 'no error';
};

describe('a ruleset', () => {
  it('keeps rules, analyzers, constants and labels apart', () => {
    const ruleset = parseRules(`
      # what the finance team agreed on
      DefaultLabels=["team"="finance"]
      codes = ["A", "B"]   # known codes
      Rules = [
        IsComplete "id" labels=["severity"="high"], # a key
        ColumnValues "code" in $codes
      ]
      Analyzers = [ RowCount, Completeness "id", AllStatistics "amount" ]`);
    expect(ruleset.rules.map((rule) => printRule(rule))).toEqual(['IsComplete "id"', 'ColumnValues "code" in $codes']);
    expect(ruleset.rules[0]?.labels).toEqual([{ key: 'severity', value: 'high' }]);
    expect(ruleset.defaultLabels).toEqual([{ key: 'team', value: 'finance' }]);
    expect(ruleset.analyzers.map((rule) => rule.type)).toEqual(['RowCount', 'Completeness', 'AllStatistics']);
  });

  it.each([
    ['(IsComplete "a") and (IsUnique "a")', '(IsComplete "a") and (IsUnique "a")'],
    ['(RowCount > 0) or ((IsComplete "a") AND (IsUnique "a"))', '(RowCount > 0) or ((IsComplete "a") and (IsUnique "a"))'],
    ['(RowCount > 0) OR (IsComplete "a") and (IsUnique "a")', '(RowCount > 0) or ((IsComplete "a") and (IsUnique "a"))'],
    ['ColumnValues "d" > (now() - 3 days)', 'ColumnValues "d" > (now() - 3 days)'],
    ['ColumnValues "d" > now() - 3 days', 'ColumnValues "d" > (now() - 3 days)'],
    ['ColumnValues "d" between "2024-01-01" and now()', 'ColumnValues "d" between "2024-01-01" and now()'],
    ['ColumnValues "a" in [1, -2.5, NULL]', 'ColumnValues "a" in [1, -2.5, NULL]'],
    ['ColumnValues "a" not in ["x", EMPTY, whitespaces_only]', 'ColumnValues "a" not in ["x", EMPTY, WHITESPACES_ONLY]'],
    ['ColumnValues "a" not matches "\\d{3}\\"x"', 'ColumnValues "a" not matches "\\d{3}\\"x"'],
    [
      'ColumnValues "a" between 1 and 2 where "b > 3" with threshold >= 0.9',
      'ColumnValues "a" between 1 and 2 where "b > 3" with threshold >= 0.9',
    ],
    ['RowCount > avg(last(10)) * 0.8 + 1', 'RowCount > ((avg(last(10)) * 0.8) + 1)'],
    ['Mean "x" between min(last(5)) - 1 and max(last(5)) + 1', 'Mean "x" between (min(last(5)) - 1) and (max(last(5)) + 1)'],
    ['DataFreshness "d" between 2 days and 5 days', 'DataFreshness "d" between 2 days and 5 days'],
    ['ColumnCorrelation of "a" and "b" > 0.5', 'ColumnCorrelation "a" "b" > 0.5'],
    ['Completeness colA > 0.5', 'Completeness "colA" > 0.5'],
  ])('reads %s', (source, printed) => {
    expect(printRule(parsed(source))).toBe(printed);
  });
});

describe('a mistake', () => {
  it.each([
    ['', 'line 1, column 1: `Rules = [ ... ]` is expected, not the end'],
    ['Rules = [\n  IsComplet "a"\n]', 'line 2, column 3: IsComplet: there is no such rule type'],
    ['Rules = [ FileFreshness "s3://b/p" > 1 days ]', 'line 1, column 11: FileFreshness: this rule type is evaluated by AWS Glue alone'],
    [
      'Rules = [\n  IsComplete "a"\n  IsUnique "b"\n]',
      'line 3, column 3: `,` or `]` after an item of the list is expected, not "IsUnique"',
    ],
    ['Rules = [ IsComplete "a ]', 'line 1, column 22: a quote is opened and never closed'],
    ['Rules = [ RowCount ]', 'line 1, column 11: RowCount: a number to compare with is missing'],
    ['Rules = [ RowCount > "many" ]', 'line 1, column 11: RowCount: it is compared with a number'],
    ['Rules = [ IsComplete "a" > 1 ]', 'line 1, column 11: IsComplete: it takes no condition'],
    ['Rules = [ Mean "a" "b" > 1 ]', 'line 1, column 11: Mean: it takes 1 parameters, not 2'],
    ['Rules = [ ColumnCount > 1 where "a > 1" ]', 'line 1, column 11: ColumnCount: it takes no `where`'],
    ['Rules = [ Sum "a" > 1 with threshold > 0.5 ]', 'line 1, column 11: Sum: it takes no threshold'],
    ['Rules = [ ColumnValues "a" > NULL ]', 'line 1, column 11: ColumnValues: NULL is compared with `=`, `!=` and `in`'],
    ['Rules = [ ColumnValues "a" in $codes ]', 'line 1, column 31: there is no constant codes'],
    ['Rules = [ ColumnValues "a" in [] ]', 'line 1, column 11: ColumnValues: the list after `in` is empty'],
    ['Rules = [ (IsComplete "a" ]', 'line 1, column 27: `)` after the rule is expected, not "]"'],
    ['Rules = [ IsComplete "a" ] Rules = []', 'line 1, column 28: Rules is given twice'],
    ['Rules = [ IsComplete "ä" ; ]', 'line 1, column 26: ";" has no meaning here'],
    ['Analyzers = [ RowCount > 1 ]', 'line 1, column 15: RowCount: an analyzer measures, and takes no condition'],
    [`Rules = [ ${'('.repeat(200)} ]`, 'line 1, column 112: more than 100 parentheses in each other'],
  ])('%s is told with its place', (source, message) => {
    expect(errorOf(source)).toBe(message);
  });
});

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const quantity = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }))
  .map((n) => (n === 0 ? 0 : n));
const at: Position = { line: 1, column: 1 };
const value: fc.Arbitrary<Operand> = fc.oneof(
  quantity.map((n): Operand => ({ kind: 'number', value: n })),
  name.map((text): Operand => ({ kind: 'text', value: text })),
  fc
    .constantFrom('NULL' as const, 'EMPTY' as const, 'WHITESPACES_ONLY' as const)
    .map((keyword): Operand => ({ kind: 'keyword', value: keyword })),
  fc.nat(999).map((amount): Operand => ({ kind: 'now', offset: { sign: '-', amount, unit: 'days' } })),
);
const measured: fc.Arbitrary<Operand> = fc.oneof(
  quantity.map((n): Operand => ({ kind: 'number', value: n })),
  fc
    .nat(99)
    .map(
      (n): Operand => ({ kind: 'call', name: 'avg', at, args: [{ kind: 'call', name: 'last', at, args: [{ kind: 'number', value: n }] }] }),
    ),
);
const sum: fc.Arbitrary<Operand> = fc
  .tuple(fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const), measured, measured)
  .map(([operator, left, right]): Operand => ({ kind: 'sum', operator, left, right }));
const numeric: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const), fc.oneof(measured, sum))
    .map(([operator, right]): Condition => ({ kind: 'compare', operator, value: right })),
  fc.tuple(fc.boolean(), measured, sum).map(([negated, low, high]): Condition => ({ kind: 'between', negated, low, high })),
);
const rowwise: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(fc.boolean(), fc.array(value, { minLength: 1, maxLength: 4 }))
    .map(([negated, values]): Condition => ({ kind: 'in', negated, values })),
  fc.tuple(fc.boolean(), name).map(([negated, pattern]): Condition => ({ kind: 'matches', negated, pattern })),
  value.map((right): Condition => ({ kind: 'compare', operator: '!=', value: right })),
);
const base = { kind: 'rule' as const, at };
const label = fc.array(fc.record({ key: name, value: name }), { maxLength: 2 });
const simple: fc.Arbitrary<SimpleRule> = fc.oneof(
  fc
    .tuple(name, label)
    .map(([column, labels]) => ({ ...base, type: 'IsComplete', parameters: [{ kind: 'text' as const, value: column }], labels })),
  fc.tuple(numeric, label).map(([condition, labels]) => ({ ...base, type: 'RowCount', parameters: [], condition, labels })),
  fc.tuple(name, rowwise, name, numeric, label).map(([column, condition, where, threshold, labels]) => ({
    ...base,
    type: 'ColumnValues',
    parameters: [{ kind: 'text' as const, value: column }],
    condition,
    where,
    threshold,
    labels,
  })),
);
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small' },
    simple,
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('rule'), { minLength: 2, maxLength: 3 }), label)
      .map(([kind, rules, labels]): Rule => ({ kind, rules, labels, at })),
  ),
}));

/** Positions aside; what is joined by the same word twice over is one list. */
const withoutPlaces = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === 'at' ? undefined : inner));

describe('printing', () => {
  it('gives what parses to the same ruleset', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), label, (rules, defaultLabels) => {
        const ruleset: Ruleset = {
          constants: [{ name: 'codes', value: [{ kind: 'text', value: 'a' }], at }],
          defaultLabels,
          rules,
          analyzers: [{ ...base, type: 'RowCount', parameters: [], labels: [] }],
        };
        expect(withoutPlaces(parseRules(printRules(ruleset)))).toEqual(withoutPlaces(ruleset));
      }),
    );
  });

  it('answers any text with a ruleset or a coded error', () => {
    const pieces = fc.constantFrom(
      'Rules',
      '=',
      '[',
      ']',
      '(',
      ')',
      'IsComplete',
      '"a"',
      'and',
      'between',
      '1',
      'now()',
      '-',
      ',',
      '#',
      '"',
      '\n',
      '$x',
      'not',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (words) => {
        expect(errorOf(`Rules = [ ${words.join(' ')}`)).toMatch(/^(no error|line \d+, column \d+: )/);
      }),
    );
  });
});
