import type { Condition, Constant, Label, Operand, Parameter, Rule, Ruleset, SimpleRule } from './ast.ts';

/** A backslash is escaped where it would escape: regular expressions stay readable. */
const quote = (text: string): string => `"${text.replace(/"|\\(?=["\\]|$)/g, '\\$&')}"`;
const list = (items: readonly string[]): string => `[${items.join(', ')}]`;

/** As written in the language: no exponents. */
function number(value: number): string {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (whole === '') return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}

function operand(value: Operand): string {
  switch (value.kind) {
    case 'number':
      return number(value.value);
    case 'text':
      return quote(value.value);
    case 'keyword':
      return value.value;
    case 'duration':
      return `${number(value.amount)} ${value.unit}`;
    case 'now':
      return value.offset ? `(now() ${value.offset.sign} ${number(value.offset.amount)} ${value.offset.unit})` : 'now()';
    case 'call':
      return `${value.name}(${value.args.map(operand).join(', ')})`;
    case 'sum':
      return `(${operand(value.left)} ${value.operator} ${operand(value.right)})`;
    case 'constant':
      return `$${value.name}`;
  }
}

function condition(value: Condition): string {
  switch (value.kind) {
    case 'compare':
      return `${value.operator} ${operand(value.value)}`;
    case 'between':
      return `${value.negated ? 'not ' : ''}between ${operand(value.low)} and ${operand(value.high)}`;
    case 'matches':
      return `${value.negated ? 'not ' : ''}matches ${quote(value.pattern)}`;
    case 'in': {
      const [only] = value.values;
      const values = value.values.length === 1 && only?.kind === 'constant' ? operand(only) : list(value.values.map(operand));
      return `${value.negated ? 'not ' : ''}in ${values}`;
    }
  }
}

const labels = (of: readonly Label[]): string => list(of.map(({ key, value }) => `${quote(key)}=${quote(value)}`));
const parameter = (of: Parameter): string => (of.kind === 'constant' ? `$${of.name}` : quote(of.value));

function simple(rule: SimpleRule): string {
  return [
    rule.type,
    ...rule.parameters.map(parameter),
    ...(rule.condition ? [condition(rule.condition)] : []),
    ...(rule.where === undefined ? [] : ['where', quote(rule.where)]),
    ...(rule.threshold ? ['with threshold', condition(rule.threshold)] : []),
  ].join(' ');
}

/** A rule in the language, in one line; its labels are left out. */
export const printRule = (rule: Rule): string =>
  rule.kind === 'rule' ? simple(rule) : rule.rules.map((part) => `(${labelled(part)})`).join(` ${rule.kind} `);

const labelled = (rule: Rule): string => `${printRule(rule)}${rule.labels.length > 0 ? ` labels=${labels(rule.labels)}` : ''}`;

const constant = ({ name, value }: Constant): string => `${name} = ${Array.isArray(value) ? list(value.map(operand)) : operand(value)}`;

const section = (name: string, rules: readonly Rule[]): string =>
  rules.length === 0 ? `${name} = []` : `${name} = [\n${rules.map((rule) => `    ${labelled(rule)}`).join(',\n')}\n]`;

/** A ruleset in the language; parsing it gives the same ruleset, positions aside. */
export function printRules({ constants, defaultLabels, rules, analyzers }: Ruleset): string {
  return [
    ...(defaultLabels.length > 0 ? [`DefaultLabels=${labels(defaultLabels)}`] : []),
    ...constants.map(constant),
    section('Rules', rules),
    ...(analyzers.length > 0 ? [section('Analyzers', analyzers)] : []),
    '',
  ].join('\n');
}
