import { sqlRows } from './sql-rows.ts';

/**
 * A value that stands in a text behind the name of its field. `form`: whether marks show where it ends (`quoted`, as in JSON or an
 * attribute), it is a number, a part of a query (`?name=Maria&age=3`), the text of an element of XML, or all that is left of a line.
 */
export type Field = { key: string; start: number; end: number; form: 'quoted' | 'number' | 'query' | 'element' | 'line' };

const LONGEST_KEY = 48;
const LONGEST_VALUE = 200;

const [NEWLINE, QUOTE, AND, BRACKET, LESS, EQUALS] = [10, 34, 38, 40, 60, 61];

const isWordCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code >= 192;
/** What joins the words of one name: a stop, a hyphen. */
const isJoint = (code: number): boolean => code === 46 || code === 45;
const isMark = (code: number): boolean => code === QUOTE || code === 39 || code === 96;
const isBlank = (code: number): boolean => code === 32 || code === 9;
const isSpace = (code: number): boolean => isBlank(code) || code === 10 || code === 13;

const OPENING = /\\{0,7}["']/y;
const NUMBER = /\s{0,4}(?<value>\d[\d.-]{0,30})(?=\s{0,4}(?:[,}\]\n]|$))/y;
const LINE = /[ \t]{0,8}(?<value>[^\s"'{[|>&*#][^\n]{0,160}?)[ \t]{0,8}[,;]?(?:[ \t]#[^\n]{0,200})?[ \t\r]{0,8}(?=\n|$)/y;
const NEXT_LINE = /[ \t\r]{0,8}\n[ \t]{0,12}(?<value>[^\s"'{[|>&*#:=][^\s:=]{2,64})[ \t\r]{0,8}(?=\n|$)/y;
const QUERY = /(?<value>[^\s&"'<>#;,(){}]{1,200})/y;
/** What stands before the first name of a line: the mark of a list, of a quotation, a command of a shell. */
const BEFORE_KEY = /^[\s>*•-]*(?:(?:export|set|ENV|ARG)\s+)?/u;
const ELEMENT = /<(?:[\p{L}_][\p{L}\d_-]{0,40}:)?(?<key>[\p{L}_][\p{L}\d_.-]{1,47})(?:\s[^<>]{0,300})?>(?<value>[^<>]{1,200})<\//uy;
/** A field of a form: its name and its value are attributes. */
const INPUT =
  /<input(?=[^<>]{0,300}?\sname\s?=\s?["'](?<key>[^"'<>]{2,48})["'])[^<>]{0,300}?\svalue\s?=\s?["'](?<value>[^"'<>]{1,200})["']/iuy;

/** The name that ends before a sign. `quoted`: it has marks; `line`: nothing but it stands before on its line; `query`: it is one of a query. */
type Name = { key: string; quoted: boolean; line: boolean; query: boolean };

/** `any`: also one that is a word within a line. */
function nameBefore(text: string, sign: number, any: boolean): Name | undefined {
  let end = sign;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--;
  const marked = end;
  while (end > 0 && (isMark(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 92)) end--;
  const quoted = end < marked;
  const least = Math.max(0, end - LONGEST_KEY);
  let start = end;
  while (start > least && isPartOfName(text.charCodeAt(start - 1), quoted)) start--;
  if (end - start < 2) return undefined;
  const before = start === 0 ? NEWLINE : text.charCodeAt(start - 1);
  const query = before === AND || before === 63 || before === 59;
  if (quoted || query) return { key: text.slice(start, end), quoted, line: false, query };
  let begin = start;
  while (begin > least && (isPartOfName(text.charCodeAt(begin - 1), true) || isBullet(text.charCodeAt(begin - 1)))) begin--;
  const line = begin === 0 || text.charCodeAt(begin - 1) === NEWLINE;
  if (line) return { key: text.slice(begin, end).replace(BEFORE_KEY, ''), quoted, line, query };
  return any || text.charCodeAt(sign) === EQUALS ? { key: text.slice(start, end), quoted, line, query } : undefined;
}

const isPartOfName = (code: number, blanks: boolean): boolean => isWordCharacter(code) || isJoint(code) || (blanks && isBlank(code));
const isBullet = (code: number): boolean => code === 62 || code === 42 || code === 0x2022;

/** Where a value between marks ends: at the same marks, which are no escaped ones. */
function closing(text: string, open: string, from: number): number | undefined {
  const end = text.indexOf(open, from);
  if (end < 0 || end - from > LONGEST_VALUE || end === from) return undefined;
  const isEscaped = text.charCodeAt(end - 1) === 92;
  return isEscaped || text.slice(from, end).includes('\n') ? undefined : end;
}

function sticky(pattern: RegExp, text: string, at: number): { value: string; start: number } | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const value = match?.groups?.value;
  return match && value !== undefined ? { value, start: match.index + match[0].indexOf(value) } : undefined;
}

const isOpening = (code: number): boolean => code === QUOTE || code === 39 || code === 92;

/** Whether a value may stand behind a sign: between marks, after a name that has them, in a query, or after the first name of a line. */
function valueBehind(text: string, sign: number): Field | undefined {
  const from = sign + (text.startsWith('=>', sign) ? 2 : 1);
  let next = from;
  while (next < from + 4 && isSpace(text.charCodeAt(next))) next++;
  const marked = isOpening(text.charCodeAt(next));
  const name = nameBefore(text, sign, marked);
  if (!name) return undefined;
  if (marked) return valueInMarks(text, next, name.key);
  const asForm = (pattern: RegExp, form: Field['form']): Field | undefined => {
    const found = sticky(pattern, text, from);
    return found && { key: name.key, start: found.start, end: found.start + found.value.length, form };
  };
  if (name.quoted) return asForm(NUMBER, 'number');
  const query = text.charCodeAt(sign) === EQUALS ? asForm(QUERY, 'query') : undefined;
  if (query && (name.query || text.charCodeAt(query.end) === AND)) return query;
  return name.line ? (asForm(LINE, 'line') ?? asForm(NEXT_LINE, 'line')) : undefined;
}

function valueInMarks(text: string, at: number, key: string): Field | undefined {
  OPENING.lastIndex = at;
  const open = OPENING.exec(text)?.[0];
  if (open === undefined) return undefined;
  const start = at + open.length;
  const end = closing(text, open, start);
  return end === undefined ? undefined : { key, start, end, form: 'quoted' };
}

function elementAt(text: string, less: number): Field | undefined {
  if (!isWordCharacter(text.charCodeAt(less + 1))) return undefined;
  INPUT.lastIndex = less;
  const input = INPUT.exec(text)?.groups;
  if (input?.key !== undefined && input.value !== undefined) {
    const end = INPUT.lastIndex - 1;
    return { key: input.key, start: end - input.value.length, end, form: 'quoted' };
  }
  ELEMENT.lastIndex = less;
  const { key, value } = ELEMENT.exec(text)?.groups ?? {};
  if (key === undefined || value === undefined) return undefined;
  const end = ELEMENT.lastIndex - 2;
  return { key, start: end - value.length, end, form: 'element' };
}

/**
 * The fields of a text. Only the signs that stand between a name and its value are looked for, so that prose costs little more
 * than one pass over its characters.
 */
export function* fieldsIn(text: string): Generator<Field> {
  for (let at = nextSign(text, 0); at >= 0; at = nextSign(text, at + 1)) {
    const code = text.charCodeAt(at);
    if (code === BRACKET) {
      const rows = sqlRows(text, at);
      if (!rows) continue;
      yield* rows.fields;
      at = rows.end - 1;
    } else {
      const field = code === LESS ? elementAt(text, at) : valueBehind(text, at);
      if (field) yield field;
    }
  }
}

const SIGN = /[:=<(]/g;

/** A pattern passes over characters several times as fast as a loop. */
function nextSign(text: string, from: number): number {
  SIGN.lastIndex = from;
  return SIGN.exec(text)?.index ?? -1;
}
