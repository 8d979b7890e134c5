import type { Constant, Label, Operand, Parameter, Rule, Ruleset, SimpleRule } from './ast.ts';
import { checkRule } from './check-rule.ts';
import { readCondition, readOperand } from './conditions.ts';
import { Cursor } from './cursor.ts';
import { RULE_TYPES } from './rule-types.ts';
import { rulesError } from './tokens.ts';

/** Parses a ruleset. Throws `invalid-rules` with line and column for whatever is not in the language or not in docs/dqdl.md. */
export function parseRules(source: string): Ruleset {
  const cursor = new Cursor(source);
  const ruleset: Ruleset = { constants: [], defaultLabels: [], rules: [], analyzers: [] };
  const sections = new Set<string>();
  while (cursor.peek().kind !== 'end') {
    const name = cursor.takeKind('word', '`Rules`, `Analyzers` or the name of a constant');
    cursor.expect('=', `after ${name.value}`);
    if (sections.has(name.value)) throw rulesError(name, `${name.value} is given twice`);
    sections.add(name.value);
    if (name.value === 'Rules') ruleset.rules = cursor.list(() => readRule(cursor));
    else if (name.value === 'Analyzers') ruleset.analyzers = cursor.list(() => readSimple(cursor, 'analyzer'));
    else if (name.value === 'DefaultLabels') ruleset.defaultLabels = readLabels(cursor);
    else if (sections.has('Rules') || sections.has('Analyzers')) throw rulesError(name, `${name.value}: constants stand before the rules`);
    else ruleset.constants.push({ name: name.value, value: readConstant(cursor), at: { line: name.line, column: name.column } });
  }
  if (!sections.has('Rules') && !sections.has('Analyzers')) throw cursor.unexpected('`Rules = [ ... ]`');
  checkConstants(ruleset);
  return ruleset;
}

const readConstant = (cursor: Cursor): Constant['value'] => (cursor.is('[') ? cursor.list(() => readOperand(cursor)) : readOperand(cursor));

function readLabels(cursor: Cursor): Label[] {
  return cursor.list(() => {
    const key = cursor.takeKind('text', 'a quoted key').value;
    cursor.expect('=', 'after the key of a label');
    return { key, value: cursor.takeKind('text', 'a quoted value').value };
  });
}

const labelsAfter = (cursor: Cursor): Label[] => {
  if (!cursor.is('labels') || !cursor.is('=', 1)) return [];
  cursor.next();
  cursor.next();
  return readLabels(cursor);
};

/** `and` binds tighter than `or`. */
function readRule(cursor: Cursor): Rule {
  const rule = joined(cursor, 'or', () => joined(cursor, 'and', () => readTerm(cursor)));
  const labels = labelsAfter(cursor);
  return labels.length > 0 ? { ...rule, labels } : rule;
}

function joined(cursor: Cursor, kind: 'and' | 'or', read: () => Rule): Rule {
  const { line, column } = cursor.peek();
  const rules = [read()];
  while (cursor.take(kind)) rules.push(read());
  const [only] = rules;
  return rules.length === 1 && only ? only : { kind, rules, labels: [], at: { line, column } };
}

function readTerm(cursor: Cursor): Rule {
  if (!cursor.take('(')) return readSimple(cursor, 'rule');
  const rule = cursor.nested(() => readRule(cursor));
  cursor.expect(')', 'after the rule');
  return rule;
}

function readSimple(cursor: Cursor, as: 'rule' | 'analyzer'): SimpleRule {
  const type = cursor.takeKind('word', as === 'rule' ? 'a rule' : 'an analyzer');
  const rule: SimpleRule = {
    kind: 'rule',
    type: type.value,
    parameters: readParameters(cursor),
    labels: [],
    at: { line: type.line, column: type.column },
  };
  const condition = readCondition(cursor);
  if (condition) rule.condition = condition;
  if (cursor.take('where')) rule.where = cursor.takeKind('text', 'a quoted filter after `where`').value;
  if (cursor.take('with')) {
    cursor.expect('threshold', 'after `with`');
    const threshold = readCondition(cursor);
    if (!threshold) throw cursor.unexpected('a comparison after `with threshold`');
    rule.threshold = threshold;
  }
  rule.labels = labelsAfter(cursor);
  checkRule(rule, as);
  return rule;
}

const RESERVED = ['between', 'in', 'not', 'matches', 'where', 'with', 'labels', 'and', 'or', 'AND', 'OR'];

/** Quoted names, bare ones, constants; `of` and `and` between them may make it read as a sentence. */
function readParameters(cursor: Cursor): Parameter[] {
  const parameters: Parameter[] = [];
  for (;;) {
    const joins = cursor.isWord('of') || (parameters.length > 0 && cursor.isWord('and'));
    if (joins && cursor.peek(1).kind === 'text') cursor.next();
    const token = cursor.peek();
    // The name of a rule is none of a column: a comma is missing before it.
    const isWord = token.kind === 'word' && !RESERVED.includes(token.value) && !Object.hasOwn(RULE_TYPES, token.value);
    if (token.kind !== 'text' && token.kind !== 'constant' && !isWord) return parameters;
    cursor.next();
    parameters.push(
      token.kind === 'constant'
        ? { kind: 'constant', name: token.value, at: { line: token.line, column: token.column } }
        : { kind: 'text', value: token.value },
    );
  }
}

function checkConstants({ constants, rules, analyzers }: Ruleset): void {
  const known = new Set(constants.map(({ name }) => name));
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isNode(value)) {
      if (isUse(value) && !known.has(value.name)) throw rulesError(value.at, `there is no constant ${value.name}`);
      for (const inner of Object.values(value)) visit(inner);
    }
  };
  visit([constants, rules, analyzers]);
}

const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isUse = (value: object): value is Extract<Operand, { kind: 'constant' }> => 'kind' in value && value.kind === 'constant';
