import type { Comparison, Condition, Operand } from './ast.ts';
import { RuleFault } from './sql.ts';

/** What former runs measured, oldest first. */
export type History = readonly number[];

/** A dynamic rule has nothing to compare with yet. */
export class NoHistory extends Error {
  override readonly name = 'NoHistory';
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
/** Of the population. */
export const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / values.length);
};
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
/** Between the two nearest values, in proportion. */
const quantile = (values: readonly number[], share: number): number => {
  const ordered = sorted(values);
  const at = Math.min(Math.max(share, 0), 1) * (ordered.length - 1);
  const low = ordered[Math.floor(at)] ?? Number.NaN;
  return low + ((ordered[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
};

const OF_LISTS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  avg: mean,
  mean,
  sum,
  std: deviation,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  median: (values) => quantile(values, 0.5),
};

function listOf(operand: Operand | undefined, history: History): History {
  if (operand?.kind !== 'call' || operand.name !== 'last') throw new RuleFault('a list such as `last(10)` is expected');
  const [count] = operand.args;
  const n = count ? numberOf(count, history) : history.length;
  if (!Number.isInteger(n) || (count && n < 1)) throw new RuleFault('`last` takes a whole number from 1');
  if (history.length === 0) throw new NoHistory();
  return history.slice(-n);
}

function call(name: string, args: readonly Operand[], history: History): number {
  const [first, second] = args;
  const number = (operand: Operand | undefined): number => {
    if (!operand) throw new RuleFault(`\`${name}\` takes a number`);
    return numberOf(operand, history);
  };
  const ofList = Object.hasOwn(OF_LISTS, name) ? OF_LISTS[name] : undefined;
  if (ofList) return ofList(listOf(first, history));
  if (name === 'abs') return Math.abs(number(first));
  if (name === 'percentile') return quantile(listOf(first, history), number(second) > 1 ? number(second) / 100 : number(second));
  if (name === 'last') throw new RuleFault('`last` is a list: say `avg(last(10))`, `max(last(10))` or the like');
  if (name !== 'index') throw new RuleFault(`there is no function ${name}`);
  const values = listOf(first, history);
  const value = values[values.length - number(second)];
  if (value === undefined) throw new NoHistory();
  return value;
}

/** The number that an operand stands for. Throws RuleFault, and NoHistory where former runs are asked about and there are none. */
export function numberOf(operand: Operand, history: History): number {
  if (operand.kind === 'number') return operand.value;
  if (operand.kind === 'call') return call(operand.name, operand.args, history);
  if (operand.kind !== 'sum') throw new RuleFault('a number to compare with is expected');
  const left = numberOf(operand.left, history);
  const right = numberOf(operand.right, history);
  if (operand.operator === '+') return left + right;
  if (operand.operator === '-') return left - right;
  return operand.operator === '*' ? left * right : left / right;
}

/** Equal but for what sums of binary fractions lose. */
const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-3);

const COMPARE: Record<Comparison, (a: number, b: number) => boolean> = {
  '=': isSame,
  '!=': (a, b) => !isSame(a, b),
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b || isSame(a, b),
  '<=': (a, b) => a <= b || isSame(a, b),
};

/** Whether a measured number meets a condition; `between` is without its ends. */
export function holds(condition: Condition, measured: number, history: History): boolean {
  if (condition.kind === 'compare') return COMPARE[condition.operator](measured, numberOf(condition.value, history));
  if (condition.kind === 'between') {
    const within = measured > numberOf(condition.low, history) && measured < numberOf(condition.high, history);
    return within !== condition.negated;
  }
  if (condition.kind === 'matches') throw new RuleFault('a number matches no pattern');
  return condition.values.some((value) => isSame(measured, numberOf(value, history))) !== condition.negated;
}

/** Fewer former values tell nothing. */
const ENOUGH = 3;

/** Whether a value lies outside three standard deviations of the former ones; undefined: too few to tell. */
export function isAnomaly(measured: number, history: History): boolean | undefined {
  if (history.length < ENOUGH) return undefined;
  const middle = mean(history);
  return Math.abs(measured - middle) > Math.max(3 * deviation(history), Math.abs(middle) * 0.01);
}
