import { COMPARISONS, type Condition, DURATION_UNITS, type Duration, KEYWORDS, type Operand } from './ast.ts';
import type { Cursor } from './cursor.ts';

/** A condition if one stands here: `= 5`, `not in [...]`, `between 1 and 2`, `matches "..."`. */
export function readCondition(cursor: Cursor): Condition | undefined {
  const operator = COMPARISONS.find((comparison) => cursor.is(comparison));
  if (operator !== undefined) {
    cursor.next();
    return { kind: 'compare', operator, value: readOperand(cursor) };
  }
  const negated = cursor.take('not');
  if (cursor.take('between')) {
    const low = readOperand(cursor);
    cursor.expect('and', 'between the bounds of `between`');
    return { kind: 'between', negated, low, high: readOperand(cursor) };
  }
  if (cursor.take('in'))
    return {
      kind: 'in',
      negated,
      values: cursor.peek().kind === 'constant' ? [readOperand(cursor)] : cursor.list(() => readOperand(cursor)),
    };
  if (cursor.take('matches')) return { kind: 'matches', negated, pattern: cursor.takeKind('text', 'a quoted regular expression').value };
  if (negated) throw cursor.unexpected('`between`, `in` or `matches` after `not`');
  return undefined;
}

/** A value: sums and differences of products, which bind tighter. */
export function readOperand(cursor: Cursor): Operand {
  let left = readProduct(cursor);
  for (;;) {
    const operator = cursor.is('+') ? '+' : cursor.is('-') ? '-' : undefined;
    if (operator === undefined) return left;
    cursor.next();
    if (left.kind === 'now' && left.offset === undefined) left = { kind: 'now', offset: { sign: operator, ...readDuration(cursor) } };
    else left = { kind: 'sum', operator, left, right: readProduct(cursor) };
  }
}

function readProduct(cursor: Cursor): Operand {
  let left = readAtom(cursor);
  for (;;) {
    const operator = cursor.is('*') ? '*' : cursor.is('/') ? '/' : undefined;
    if (operator === undefined) return left;
    cursor.next();
    left = { kind: 'sum', operator, left, right: readAtom(cursor) };
  }
}

function readAtom(cursor: Cursor): Operand {
  const token = cursor.peek();
  if (token.kind === 'text') return { kind: 'text', value: cursor.next().value };
  if (token.kind === 'constant') return { kind: 'constant', name: cursor.next().value, at: { line: token.line, column: token.column } };
  if (token.kind === 'number') return readNumber(cursor);
  if (cursor.take('-')) return { kind: 'number', value: -Number(cursor.takeKind('number', 'a number after `-`').value) };
  if (cursor.take('(')) {
    const inner = cursor.nested(() => readOperand(cursor));
    cursor.expect(')', 'after the value');
    return inner;
  }
  if (token.kind !== 'word') throw cursor.unexpected('a value');
  const keyword = KEYWORDS.find((one) => cursor.isWord(one.toLowerCase()));
  if (keyword !== undefined) {
    cursor.next();
    return { kind: 'keyword', value: keyword };
  }
  return readCall(cursor);
}

function readNumber(cursor: Cursor): Operand {
  const value = Number(cursor.next().value);
  const unit = DURATION_UNITS.find((one) => cursor.is(one));
  if (unit === undefined) return { kind: 'number', value };
  cursor.next();
  return { kind: 'duration', amount: value, unit };
}

function readDuration(cursor: Cursor): Duration {
  const amount = Number(cursor.takeKind('number', 'a number of days, hours or minutes').value);
  const unit = DURATION_UNITS.find((one) => cursor.take(one));
  if (unit === undefined) throw cursor.unexpected('`days`, `hours` or `minutes`');
  return { amount, unit };
}

/** `now()`, or a function of the values that former runs measured: `avg(last(10))`. */
function readCall(cursor: Cursor): Operand {
  const { value: name, line, column } = cursor.peek();
  if (!cursor.is('(', 1)) throw cursor.unexpected('a value');
  cursor.next();
  cursor.next();
  const args: Operand[] = [];
  while (!cursor.take(')')) {
    if (args.length > 0) cursor.expect(',', 'or `)` after an argument');
    args.push(cursor.nested(() => readOperand(cursor)));
  }
  return name === 'now' && args.length === 0 ? { kind: 'now' } : { kind: 'call', name, args, at: { line, column } };
}
