import type { Element } from '#schemas/records/extracted.ts';
import { SluiceError } from '../../errors.ts';
import { htmlElements } from '../html/elements.ts';
import type { ParseContext } from '../index.ts';
import type { JsonValue } from './read.ts';
import { flatten, isObject, isScalar, type JsonObject, joined, scalarText, tableOf } from './records.ts';

/** A text of its own rather than a field's value. */
const LONG = 200;
/** An object of no more fields than these is written in lines, as a part of the one around it. */
const MAX_SMALL = 8;
/** Fields by which records name themselves, the best first. */
const TITLES = ['title', 'name', 'label', 'heading', 'subject', 'id', 'key'];
/** What content systems export as a text. */
const isMarkup = (text: string): boolean =>
  /<(?:p|div|h[1-6]|ul|ol|table|blockquote)\b[^<>]*>/i.test(text) && /<\/(?:p|div|h[1-6]|ul|ol|table|blockquote)>/i.test(text);

/** Any JSON value in readable form: tables of records, headings for what nests, `key: value` lines for the rest. */
export function elementsOfJson(value: JsonValue, context: ParseContext): Element[] {
  const writer = new Writer(context);
  const title = isObject(value) && typeof value.title === 'string' ? titleIn(value) : undefined;
  if (title) writer.heading(title.text, 1);
  writer.visit(value, '', title ? 2 : 1, title?.key);
  return writer.elements;
}

class Writer {
  readonly elements: Element[] = [];
  readonly #context: ParseContext;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  heading(text: string, depth: number): void {
    this.elements.push({ kind: 'heading', level: Math.min(6, depth), text });
  }

  /** `omit` is the field that has become the heading above. */
  visit(value: JsonValue, label: string, depth: number, omit?: string): void {
    const { name, limits } = this.#context;
    if (depth > limits.maxDepth) throw new SluiceError('too-complex', `reading ${name}: JSON nested deeper than ${limits.maxDepth} levels`);
    if (isScalar(value)) this.#text(scalarText(value), label);
    else if (Array.isArray(value)) this.#list(value, label, depth);
    else this.#object(value, depth, omit);
  }

  #text(text: string, label: string): void {
    if (!isMarkup(text)) this.elements.push({ kind: 'paragraph', text: line(label, text) });
    else {
      if (label !== '') this.elements.push({ kind: 'caption', text: label });
      this.elements.push(...htmlElements(text, { limits: this.#context.limits }));
    }
  }

  /** Plain fields first: below a heading for a nested field they would seem to be its own. */
  #object(object: JsonObject, depth: number, omit: string | undefined): void {
    const lines: string[] = [];
    const nested: [string, JsonValue][] = [];
    for (const [key, value] of Object.entries(object)) {
      if (key === omit) continue;
      const fields = inlineFields(key, value);
      if (fields) lines.push(...fields.filter(([, text]) => text !== '').map(([name, text]) => line(name, text)));
      else nested.push([key, value]);
    }
    if (lines.length > 0) this.elements.push({ kind: 'paragraph', text: lines.join('\n') });
    for (const [key, value] of nested) {
      if (!isScalar(value)) this.heading(key, depth);
      this.visit(value, key, depth + 1);
    }
  }

  #list(list: readonly JsonValue[], label: string, depth: number): void {
    const table = tableOf(list);
    if (table !== undefined) {
      this.elements.push(table);
      return;
    }
    list.forEach((item, i) => {
      if (isScalar(item)) this.elements.push({ kind: 'list-item', level: 1, text: scalarText(item) });
      else {
        const title = isObject(item) ? titleIn(item, label) : undefined;
        this.heading(title?.text ?? `${label} ${i + 1}`.trim(), depth);
        this.visit(item, label, depth + 1, title?.key);
      }
    });
  }
}

const line = (key: string, text: string): string => (key === '' ? text : `${key}: ${text}`);

/** A plain value, a list of short ones, or the fields of a small object, each for one line; undefined for all else. */
function inlineFields(key: string, value: JsonValue): [string, string][] | undefined {
  if (isObject(value)) {
    const fields = new Map<string, string>();
    if (!flatten(value, `${key}.`, 1, fields) || fields.size > MAX_SMALL) return undefined;
    return [...fields.values()].every(isShort) ? [...fields] : undefined;
  }
  const text = inlineText(value);
  const isFigures = Array.isArray(value) && value.every(isNumeric);
  return text === undefined || !(isShort(text) || isFigures) ? undefined : [[key, text]];
}

/** Long numbers are kept as texts. */
const isNumeric = (item: JsonValue): boolean => typeof item === 'number' || (typeof item === 'string' && /^-?[\d.]{1,40}$/.test(item));

const isShort = (text: string): boolean => text.length <= LONG;

function inlineText(value: JsonValue): string | undefined {
  if (isScalar(value)) return scalarText(value);
  return Array.isArray(value) && value.every(isScalar) ? joined(value.map(scalarText)) : undefined;
}

/** The field that names a record: a usual one, or that which its list is named after (`group` in `groups`). */
function titleIn(item: JsonObject, list = ''): { key: string; text: string } | undefined {
  const keys = new Map(Object.keys(item).map((key) => [key.toLowerCase(), key]));
  const own = list.toLowerCase().replace(/ies$/, 'y');
  for (const name of [...TITLES.slice(0, -2), own.replace(/s$/, ''), own.replace(/e[ns]$/, ''), ...TITLES.slice(-2)]) {
    const key = keys.get(name);
    const value = key === undefined ? undefined : item[key];
    const isTitle = (typeof value === 'string' && value.trim() !== '' && isShort(value)) || typeof value === 'number';
    if (key !== undefined && isTitle) return { key, text: String(value) };
  }
  return undefined;
}
