import type { Condition, Constant, Operand, Parameter, Rule, Ruleset, SimpleRule } from './ast.ts';
import { rulesError } from './tokens.ts';

type Values = ReadonlyMap<string, Constant['value']>;

function operands(operand: Operand, values: Values): Operand[] {
  if (operand.kind === 'constant') {
    const value = values.get(operand.name) ?? [];
    return (Array.isArray(value) ? value : [value]).flatMap((inner) => (inner.kind === 'constant' ? [] : [inner]));
  }
  if (operand.kind === 'sum') return [{ ...operand, left: single(operand.left, values), right: single(operand.right, values) }];
  if (operand.kind === 'call') return [{ ...operand, args: operand.args.map((arg) => single(arg, values)) }];
  return [operand];
}

function single(operand: Operand, values: Values): Operand {
  const [only, ...more] = operands(operand, values);
  if (only && more.length === 0) return only;
  throw rulesError(operand.kind === 'constant' ? operand.at : { line: 1, column: 1 }, 'one value is expected, not a list');
}

function condition(of: Condition, values: Values): Condition {
  if (of.kind === 'compare') return { ...of, value: single(of.value, values) };
  if (of.kind === 'between') return { ...of, low: single(of.low, values), high: single(of.high, values) };
  return of.kind === 'in' ? { ...of, values: of.values.flatMap((value) => operands(value, values)) } : of;
}

function parameter(of: Parameter, values: Values): Parameter {
  if (of.kind === 'text') return of;
  const value = values.get(of.name);
  if (value && !Array.isArray(value) && value.kind === 'text') return { kind: 'text', value: value.value };
  throw rulesError(of.at, `the constant ${of.name} is no text`);
}

function rule(of: Rule, values: Values): Rule {
  return of.kind === 'rule' ? simple(of, values) : { ...of, rules: of.rules.map((part) => rule(part, values)) };
}

function simple(of: SimpleRule, values: Values): SimpleRule {
  return {
    ...of,
    parameters: of.parameters.map((one) => parameter(one, values)),
    ...(of.condition && { condition: condition(of.condition, values) }),
    ...(of.threshold && { threshold: condition(of.threshold, values) }),
  };
}

/** A ruleset whose constants are put in. Throws `invalid-rules` where one does not fit. */
export function withConstants(ruleset: Ruleset): Ruleset {
  const values: Values = new Map(ruleset.constants.map(({ name, value }) => [name, value]));
  return {
    ...ruleset,
    rules: ruleset.rules.map((one) => rule(one, values)),
    analyzers: ruleset.analyzers.map((one) => simple(one, values)),
  };
}
