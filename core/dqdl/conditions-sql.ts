import type { Comparison, Condition, Duration, Operand } from './ast.ts';
import { type History, numberOf } from './numbers.ts';
import { type ColumnSql, numberLiteral, RuleFault, textLiteral, timeLiteral, truth } from './sql.ts';

/** When a ruleset runs, and what former runs measured of the rule. */
export type Moment = { now: number; history: History };

const MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 };
const milliseconds = ({ amount, unit }: Duration): number => amount * MS[unit];

const DATE_LIKE = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;

/** A value of a column and what it is compared with, both as numbers, as times or as texts. */
type Terms = { left: string; right: string };

function terms(column: ColumnSql, operand: Operand, ordered: boolean, moment: Moment): Terms {
  if (operand.kind === 'now') {
    const { sign, ...offset } = operand.offset ?? { sign: '+', amount: 0, unit: 'days' };
    const shift = milliseconds(offset);
    return { left: column.time, right: timeLiteral(moment.now + (sign === '+' ? shift : -shift)) };
  }
  if (operand.kind !== 'text') return { left: column.number, right: numberLiteral(numberOf(operand, moment.history)) };
  const isTime = column.type === 'date' || column.type === 'time';
  const date = DATE_LIKE.test(operand.value) ? Date.parse(asUtc(operand.value)) : Number.NaN;
  if (!Number.isNaN(date) && (isTime || ordered)) return { left: column.time, right: timeLiteral(date) };
  return { left: column.text, right: textLiteral(operand.value) };
}

/** A time without a zone is one of UTC, like a date. */
const asUtc = (text: string): string => (text.length === 10 || text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`);

const KEYWORD_SQL = {
  NULL: (column: ColumnSql) => `${column.text} IS NULL`,
  EMPTY: (column: ColumnSql) => `${column.text} = ''`,
  WHITESPACES_ONLY: (column: ColumnSql) => String.raw`regexp_full_match(${column.text}, '\s+')`,
};

function equals(column: ColumnSql, operand: Operand, moment: Moment): string {
  if (operand.kind === 'keyword') return truth(KEYWORD_SQL[operand.value](column));
  const { left, right } = terms(column, operand, false, moment);
  return truth(`${left} = ${right}`);
}

function compare(column: ColumnSql, operator: Comparison, operand: Operand, moment: Moment): string {
  if (operator === '=') return equals(column, operand, moment);
  if (operator === '!=') return `NOT ${equals(column, operand, moment)}`;
  const { left, right } = terms(column, operand, true, moment);
  return truth(`${left} ${operator} ${right}`);
}

/** Whether a row's value meets a condition, as SQL that is never NULL. NULL meets `!=` and `not in` alone. */
export function valueCondition(column: ColumnSql, condition: Condition, moment: Moment): string {
  switch (condition.kind) {
    case 'compare':
      return compare(column, condition.operator, condition.value, moment);
    case 'between': {
      const low = terms(column, condition.low, true, moment);
      const high = terms(column, condition.high, true, moment);
      return condition.negated
        ? truth(`${low.left} <= ${low.right} OR ${high.left} >= ${high.right}`)
        : truth(`${low.left} > ${low.right} AND ${high.left} < ${high.right}`);
    }
    case 'in': {
      const any = `(${condition.values.map((value) => equals(column, value, moment)).join(' OR ')})`;
      return condition.negated ? `NOT ${any}` : any;
    }
    case 'matches': {
      const matches = `regexp_full_match(${column.text}, ${textLiteral(condition.pattern)})`;
      return truth(condition.negated ? `NOT ${matches}` : matches);
    }
  }
}

/** Whether a number that is `sql` meets a condition; `numberIn` says what an operand stands for. */
export function numberCondition(sql: string, condition: Condition, numberIn: (operand: Operand) => number): string {
  const literal = (operand: Operand): string => numberLiteral(numberIn(operand));
  if (condition.kind === 'compare') return truth(`${sql} ${condition.operator} ${literal(condition.value)}`);
  if (condition.kind === 'between') {
    const [low, high] = [literal(condition.low), literal(condition.high)];
    return truth(condition.negated ? `${sql} <= ${low} OR ${sql} >= ${high}` : `${sql} > ${low} AND ${sql} < ${high}`);
  }
  if (condition.kind === 'matches') throw new RuleFault('a number matches no pattern');
  return truth(`${sql} ${condition.negated ? 'NOT ' : ''}IN (${condition.values.map(literal).join(', ')})`);
}

/** Milliseconds of an age. */
export const ageOf = (operand: Operand): number => {
  if (operand.kind !== 'duration') throw new RuleFault('a time such as `24 hours` is expected');
  return milliseconds(operand);
};
