import type { Element } from '#schemas/records/extracted.ts';
import { SluiceError } from '../../errors.ts';
import type { ParseContext } from '../index.ts';
import type { JsonValue } from './read.ts';
import { isObject, isScalar, type JsonObject, scalarText, tableOf } from './records.ts';

/** A text of its own rather than a field's value. */
const LONG = 200;
/** Fields by which records name themselves, the best first. */
const TITLES = ['title', 'name', 'label', 'heading', 'subject', 'id', 'key'];

/** Any JSON value in readable form: tables of records, headings for what nests, `key: value` lines for the rest. */
export function elementsOfJson(value: JsonValue, { name, limits }: ParseContext): Element[] {
  const elements: Element[] = [];
  const heading = (text: string, depth: number): void => {
    elements.push({ kind: 'heading', level: Math.min(6, depth), text });
  };

  function visit(value: JsonValue, label: string, depth: number): void {
    if (depth > limits.maxDepth) throw new SluiceError('too-complex', `reading ${name}: JSON nested deeper than ${limits.maxDepth} levels`);
    if (isScalar(value)) elements.push({ kind: 'paragraph', text: line(label, scalarText(value)) });
    else if (Array.isArray(value)) visitList(value, label, depth);
    else visitObject(value, depth);
  }

  /** Plain fields first: below a heading for a nested field they would seem to be its own. */
  function visitObject(object: JsonObject, depth: number): void {
    const lines: string[] = [];
    const nested: [string, JsonValue][] = [];
    for (const [key, value] of Object.entries(object)) {
      const text = inlineText(value);
      if (text === undefined || text.length > LONG) nested.push([key, value]);
      else if (text !== '') lines.push(line(key, text));
    }
    if (lines.length > 0) elements.push({ kind: 'paragraph', text: lines.join('\n') });
    for (const [key, value] of nested) {
      if (!isScalar(value)) heading(key, depth);
      visit(value, key, depth + 1);
    }
  }

  function visitList(list: readonly JsonValue[], label: string, depth: number): void {
    const table = tableOf(list);
    if (table !== undefined) {
      elements.push(table);
      return;
    }
    list.forEach((item, i) => {
      if (isScalar(item)) elements.push({ kind: 'list-item', level: 1, text: scalarText(item) });
      else {
        heading(titleOf(item) ?? `${label} ${i + 1}`.trim(), depth);
        visit(item, label, depth + 1);
      }
    });
  }

  visit(value, '', 1);
  return elements;
}

const line = (key: string, text: string): string => (key === '' ? text : `${key}: ${text}`);

/** A plain value, or a list of short ones, on one line; undefined for all else. */
function inlineText(value: JsonValue): string | undefined {
  if (isScalar(value)) return scalarText(value);
  if (!Array.isArray(value) || !value.every(isScalar)) return undefined;
  const text = value.map(scalarText).join(', ');
  return text.length <= LONG || value.every(isNumeric) ? text : undefined;
}

/** Long numbers are kept as texts. */
const isNumeric = (item: JsonValue): boolean => typeof item === 'number' || (typeof item === 'string' && /^-?[\d.]{1,40}$/.test(item));

function titleOf(item: JsonValue): string | undefined {
  if (!isObject(item)) return undefined;
  const keys = new Map(Object.keys(item).map((key) => [key.toLowerCase(), key]));
  for (const title of TITLES) {
    const value = item[keys.get(title) ?? ''];
    if ((typeof value === 'string' && value.trim() !== '' && value.length <= LONG) || typeof value === 'number') return String(value);
  }
  return undefined;
}
