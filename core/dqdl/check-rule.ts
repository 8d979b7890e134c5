import type { Condition, Operand, SimpleRule } from './ast.ts';
import { type Compares, GLUE_ONLY, RULE_TYPES } from './rule-types.ts';
import { rulesError } from './tokens.ts';

type Kind = Operand['kind'];

/** The operands that each kind of comparison takes; constants are looked at when they are put in. */
const OPERANDS: Record<Compares, readonly Kind[]> = {
  number: ['number', 'call', 'sum', 'constant'],
  values: ['number', 'text', 'keyword', 'now', 'call', 'sum', 'constant'],
  age: ['duration', 'constant'],
  type: ['text', 'constant'],
  nothing: [],
};

const WANTED: Record<Compares, string> = {
  number: 'a number',
  values: 'a number, a quoted text, a date or a keyword',
  age: 'a time such as `24 hours`',
  type: 'the quoted name of a type',
  nothing: 'nothing',
};

const operandsOf = (condition: Condition): Operand[] => {
  if (condition.kind === 'compare') return [condition.value];
  if (condition.kind === 'between') return [condition.low, condition.high];
  return condition.kind === 'in' ? condition.values : [];
};

function checkCondition(condition: Condition, compares: Compares, rule: SimpleRule): void {
  const wrong = (message: string) => rulesError(rule.at, `${rule.type}: ${message}`);
  if (condition.kind === 'matches' && compares !== 'values') throw wrong(`it is compared with ${WANTED[compares]}, not with a pattern`);
  if (condition.kind === 'in' && condition.values.length === 0) throw wrong('the list after `in` is empty');
  if (compares === 'type' && !(condition.kind === 'in' || (condition.kind === 'compare' && ['=', '!='].includes(condition.operator))))
    throw wrong('types are compared with `=`, `!=` and `in`');
  for (const operand of operandsOf(condition)) {
    if (!OPERANDS[compares].includes(operand.kind)) throw wrong(`it is compared with ${WANTED[compares]}`);
    const ordered = condition.kind === 'between' || (condition.kind === 'compare' && !['=', '!='].includes(condition.operator));
    if (operand.kind === 'keyword' && ordered) throw wrong(`${operand.value} is compared with \`=\`, \`!=\` and \`in\``);
  }
}

/** Holds a rule against what its type takes. Throws `invalid-rules`. */
export function checkRule(rule: SimpleRule, as: 'rule' | 'analyzer'): void {
  const wrong = (message: string) => rulesError(rule.at, `${rule.type}: ${message}`);
  const type = Object.hasOwn(RULE_TYPES, rule.type) ? RULE_TYPES[rule.type] : undefined;
  if (!type) throw wrong(GLUE_ONLY.includes(rule.type) ? 'this rule type is evaluated by AWS Glue alone' : 'there is no such rule type');
  const [fewest, most] = type.parameters;
  const given = rule.parameters.length;
  if (given < fewest || given > most) throw wrong(`it takes ${fewest === most ? fewest : `${fewest} to ${most}`} parameters, not ${given}`);
  if (rule.where !== undefined && !type.where) throw wrong('it takes no `where`');
  if (as === 'analyzer') {
    if (!type.analyzer) throw wrong('it is no analyzer');
    if (rule.condition || rule.threshold) throw wrong('an analyzer measures, and takes no condition');
    return;
  }
  if (rule.type === 'AllStatistics') throw wrong('it stands in `Analyzers` alone');
  if (!rule.condition && type.needsCondition) throw wrong(`${WANTED[type.compares]} to compare with is missing`);
  if (rule.condition && type.compares === 'nothing') throw wrong('it takes no condition');
  if (rule.condition) checkCondition(rule.condition, type.compares, rule);
  if (rule.threshold && !type.threshold) throw wrong('it takes no threshold');
  if (rule.threshold) checkCondition(rule.threshold, 'number', rule);
}
