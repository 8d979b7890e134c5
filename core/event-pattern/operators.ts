import { contains, parseAddress, parseBlock } from './cidr.ts';
import { ignoringCase } from './ignore-case.ts';
import { fail } from './invalid.ts';
import { comparable, isNumber, membersOf, numberText, type Scalar } from './values.ts';
import { parseWildcard, type Token, wildcardTest } from './wildcard.ts';

export type Test = (value: Scalar) => boolean;
/** One alternative of a field: a test of its value, or `absent`, that the field is not there. */
export type Alternative = { test: Test; wildcards?: readonly (readonly Token[])[] } | 'absent';

const onStrings =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

function sameNumber(wanted: Parameters<typeof comparable>[0]): Test {
  const [double, text] = [comparable(wanted), numberText(wanted)];
  return (value) => isNumber(value) && ((double !== undefined && comparable(value) === double) || numberText(value) === text);
}

/** An address equals every spelling of it (`::1` and `0:0:0:0:0:0:0:1`). */
function sameString(wanted: string): Test {
  const address = parseAddress(wanted);
  if (!address) return (value) => value === wanted;
  return onStrings((text) => {
    const other = parseAddress(text);
    return other !== undefined && other.family === address.family && other.bits === address.bits;
  });
}

const string = (operand: unknown, path: string, what: string): string =>
  typeof operand === 'string' ? operand : fail(path, `${what} takes a string`);

/** The one member of a match expression: EventBridge knows no second one. */
function single(node: unknown, path: string): readonly [string, unknown] {
  const members = membersOf(node) ?? fail(path, 'a match expression is an object');
  const [first, second] = members;
  if (!first) return fail(path, 'a match expression names its operator');
  if (second) return fail(path, `a match expression has one member; ${JSON.stringify(second[0])} is one too many`);
  return first;
}

function affix(operator: 'prefix' | 'suffix', operand: unknown, path: string): Test {
  if (membersOf(operand)) {
    const [inner, text] = single(operand, path);
    if (inner !== 'equals-ignore-case') return fail(path, `${operator} takes a string or {"equals-ignore-case": string}`);
    return onStrings(ignoringCase(string(text, `${path}.equals-ignore-case`, 'equals-ignore-case'), operator));
  }
  const text = string(operand, path, operator);
  return onStrings(operator === 'prefix' ? (value) => value.startsWith(text) : (value) => value.endsWith(text));
}

function wildcard(operand: unknown, path: string): readonly Token[] {
  const tokens = parseWildcard(string(operand, path, 'wildcard'));
  return typeof tokens === 'string' ? fail(path, tokens) : tokens;
}

type Comparison = (value: number, bound: number) => boolean;
const LOWER: Record<string, Comparison> = { '>': (value, bound) => value > bound, '>=': (value, bound) => value >= bound };
const UPPER: Record<string, Comparison> = { '<': (value, bound) => value < bound, '<=': (value, bound) => value <= bound };
const EQUAL: Record<string, Comparison> = { '=': (value, bound) => value === bound };
const comparison = (table: Record<string, Comparison>, name: unknown): Comparison | undefined =>
  typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;

function bound(operand: unknown, path: string): number {
  if (!isNumber(operand)) return fail(path, 'a bound is a number');
  return comparable(operand) ?? fail(path, `${numberText(operand)} has more digits than a double holds`);
}

/** One comparison, or a lower and then an upper bound; no other combination and no other order. */
function numeric(operand: unknown, path: string): Test {
  if (!Array.isArray(operand)) return fail(path, 'numeric takes an array');
  const [name, low, ...second] = operand;
  const lower = comparison(LOWER, name);
  const compare = lower ?? comparison(UPPER, name) ?? comparison(EQUAL, name) ?? fail(path, 'numeric begins with one of =, >, >=, <, <=');
  const first = bound(low, path);
  if (second.length === 0) return (value) => isNumber(value) && compare(comparable(value) ?? Number.NaN, first);
  const upper = lower && second.length === 2 ? comparison(UPPER, second[0]) : undefined;
  if (!upper) return fail(path, 'a numeric range is a lower bound (>, >=) and an upper bound (<, <=), in this order');
  const last = bound(second[1], path);
  if (first >= last) return fail(path, 'the lower bound of a numeric range is less than the upper one');
  return (value) => {
    if (!isNumber(value)) return false;
    const double = comparable(value);
    return double !== undefined && compare(double, first) && upper(double, last);
  };
}

/** `anything-but` of values: all strings or all numbers. */
function butValues(operand: unknown, path: string): Test[] {
  const values: unknown[] = Array.isArray(operand) ? operand : [operand];
  const strings = values.filter((value) => typeof value === 'string');
  if (strings.length > 0 && strings.length === values.length) return strings.map((text) => (value) => value === text);
  const numbers = values.filter(isNumber);
  if (numbers.length === 0 || numbers.length < values.length) {
    return fail(path, 'anything-but takes a string, a number, or a list of only strings or only numbers');
  }
  const doubles = numbers.map((value) => bound(value, path));
  return doubles.map((double) => (value) => isNumber(value) && comparable(value) === double);
}

type But = (text: string, path: string) => { test: Test; tokens?: readonly Token[] };
const BUT: Record<string, But> = {
  prefix: (text, path) => ({ test: affix('prefix', text === '' ? fail(path, 'an empty prefix excludes every string') : text, path) }),
  suffix: (text, path) => ({ test: affix('suffix', text === '' ? fail(path, 'an empty suffix excludes every string') : text, path) }),
  'equals-ignore-case': (text) => ({ test: onStrings(ignoringCase(text, 'whole')) }),
  wildcard: (text, path) => {
    const tokens = wildcard(text, path);
    return { test: onStrings(wildcardTest(tokens)), tokens };
  },
};

/** Matches each value that is there and that no excluded one equals, of whatever type. */
function anythingBut(operand: unknown, path: string): Alternative {
  const except =
    (tests: Test[]): Test =>
    (value) =>
      !tests.some((test) => test(value));
  if (!membersOf(operand)) return { test: except(butValues(operand, path)) };
  const [inner, list] = single(operand, path);
  const but = Object.hasOwn(BUT, inner) ? BUT[inner] : undefined;
  if (!but) return fail(path, `anything-but knows no operator ${JSON.stringify(inner)}`);
  const at = `${path}.${inner}`;
  const excluded = (Array.isArray(list) ? list : [list]).map((text) => but(string(text, at, `anything-but ${inner}`), at));
  if (excluded.length === 0) return fail(at, 'an empty list excludes nothing');
  const test = except(excluded.map((one) => one.test));
  return inner === 'wildcard' ? { test, wildcards: excluded.map((one) => one.tokens ?? []) } : { test };
}

function cidr(operand: unknown, path: string): Test {
  const block = parseBlock(string(operand, path, 'cidr'));
  if (typeof block === 'string') return fail(path, block);
  return onStrings((text) => {
    const address = parseAddress(text);
    return address !== undefined && contains(block, address);
  });
}

function exists(operand: unknown, path: string): Alternative {
  if (typeof operand !== 'boolean') return fail(path, 'exists takes true or false');
  return operand ? { test: () => true } : 'absent';
}

const OPERATORS: Record<string, (operand: unknown, path: string) => Alternative> = {
  exactly: (operand, path) => {
    const text = string(operand, path, 'exactly');
    return { test: (value) => value === text };
  },
  prefix: (operand, path) => ({ test: affix('prefix', operand, path) }),
  suffix: (operand, path) => ({ test: affix('suffix', operand, path) }),
  'equals-ignore-case': (operand, path) => ({ test: onStrings(ignoringCase(string(operand, path, 'equals-ignore-case'), 'whole')) }),
  wildcard: (operand, path) => {
    const tokens = wildcard(operand, path);
    return { test: onStrings(wildcardTest(tokens)), wildcards: [tokens] };
  },
  numeric: (operand, path) => ({ test: numeric(operand, path) }),
  cidr: (operand, path) => ({ test: cidr(operand, path) }),
  'anything-but': anythingBut,
  exists,
};

/** One item of a field's array: a value, or `{operator: operand}`. */
export function alternative(node: unknown, path: string): Alternative {
  if (typeof node === 'string') return { test: sameString(node) };
  if (isNumber(node)) return { test: sameNumber(node) };
  if (node === null || typeof node === 'boolean') return { test: (value) => value === node };
  if (!membersOf(node)) return fail(path, 'a match value is a string, number, true, false, null or match expression');
  const [name, operand] = single(node, path);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  return operator ? operator(operand, `${path}.${name}`) : fail(path, `there is no operator ${JSON.stringify(name)}`);
}
