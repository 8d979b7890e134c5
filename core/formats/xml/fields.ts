import { tidy as tidyLines } from '../html/block-writer.ts';
import { htmlElements } from '../html/elements.ts';
import type { ParseLimits } from '../index.ts';
import { attributeOf, elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import { decodeNamed, ESCAPED_HTML, nameOf, SKIPPED } from './names.ts';
import { hasOwnText, isEncoded } from './prose.ts';

/** A value and what data calls it. */
export type Field = readonly [name: string, value: string];

const oneLine = (text: string): string => decodeNamed(text).replace(/\s+/g, ' ').trim();

/** Text with marks in it is one value. */
export const isLeaf = (node: XmlNode): boolean => elementsOf(node).length === 0 || hasOwnText(node);

/** A style or a script may be a product's, or the program of a page. */
const isProgram = (node: XmlNode, text: string): boolean => SKIPPED.has(nameOf(node)) && /[{};]/.test(text);

/** What a leaf says; pictures, fonts and programs say nothing. */
export function valueIn(leaf: XmlNode, limits: ParseLimits): string {
  const text = textOf(leaf);
  if (isEncoded(text) || isProgram(leaf, text)) return '';
  if (!ESCAPED_HTML.test(text)) return oneLine(text);
  const parts = htmlElements(text, { limits }).map((element) =>
    element.kind === 'table' ? element.rows.map((row) => row.join(' | ')).join('\n') : element.text,
  );
  return tidyLines(parts.join('\n'));
}

/** Where names and schemas are found says nothing of the content. */
const isPlumbing = (name: string, value: string): boolean =>
  name === 'xmlns' || /^(?:xmlns|xsi|xml):/.test(name) || /^xlink:(?!href|title)/.test(name) || value.trim() === '';

export const attributeFields = (node: XmlNode): Field[] =>
  Object.entries(node.attributes).flatMap(([name, value]): Field[] =>
    isPlumbing(name, value) ? [] : [[name.slice(name.indexOf(':') + 1), oneLine(value)]],
  );

const NAMES = /^(?:name|key|label|title|term)$/i;
const VALUES = /^(?:value|val|content)$/i;
const UNITS = /^(?:unit|units|uom|unitcode|unitofmeasure|currency|currencyid|currencycode)$/i;
/** Attributes of a named value; more make a record of it. */
const MOST_OF_PAIR = 3;

/**
 * The fields of a leaf: its value with its unit, under the name that an attribute gives it or else the element's, and
 * each further attribute beside it.
 */
export function leafFields(leaf: XmlNode, limits: ParseLimits): Field[] {
  const attributes = attributeFields(leaf);
  const text = valueIn(leaf, limits);
  const named = attributes.find(([name]) => NAMES.test(name));
  const valued = text === '' ? attributes.find(([name]) => VALUES.test(name)) : undefined;
  const unit = attributes.find(([name]) => UNITS.test(name));
  const value = text || valued?.[1] || '';
  if (value === '') return attributes.map(([name, own]) => [`${leaf.name} ${name}`, own]);
  const isPair = named !== undefined && attributes.length <= MOST_OF_PAIR;
  const label = isPair ? named[1] : leaf.name;
  const used = new Set([isPair ? named : undefined, valued, unit]);
  return [
    [label, unit === undefined ? value : `${value} ${unit[1]}`],
    ...attributes.filter((attribute) => !used.has(attribute)).map(([name, own]): Field => [`${label} ${name}`, own]),
  ];
}

/** Whether an attribute names the leaf's value, as settings and properties are written. */
export function isNamedValue(leaf: XmlNode): boolean {
  const attributes = attributeFields(leaf);
  const hasValue = textOf(leaf).trim() !== '' || attributes.some(([name]) => VALUES.test(name));
  return hasValue && attributes.length <= MOST_OF_PAIR && attributes.some(([name]) => NAMES.test(name));
}

const TITLE = /^(?:title|titel|titre|name|label|heading|headline|head|subject|caption|displayname|bezeichnung)$/i;
const MAX_TITLE = 200;

export type RecordTitle = { text: string; source: XmlNode | string };

/** How a record names itself: by a child, or by an attribute. */
export function titleOf(record: XmlNode, limits: ParseLimits): RecordTitle | undefined {
  const own = [record.name, record.name.replace(/s$/, '')].flatMap((name) =>
    [`${name}name`, `${name}title`].map((key) => key.toLowerCase()),
  );
  const isTitle = (name: string): boolean => TITLE.test(name) || own.includes(name.toLowerCase().replace(/[-_.]/g, ''));
  for (const child of elementsOf(record)) {
    if (!isTitle(child.name) || elementsOf(child).length > 0 || attributeFields(child).length > 0) continue;
    const text = valueIn(child, limits);
    if (text !== '' && text.length <= MAX_TITLE && !text.includes('\n')) return { text, source: child };
  }
  const attribute = attributeFields(record).find(([name, value]) => isTitle(name) && value.length <= MAX_TITLE);
  return attribute && { text: attribute[1], source: attribute[0] };
}

const IDS = ['id', 'sku', 'number', 'no', 'nr', 'code', 'key', 'ref'];

/** A heading for a record without a title: what it is, and which. */
export function titleById(record: XmlNode, position: number, limits: ParseLimits): string {
  for (const id of IDS) {
    const child = elementsOf(record).find((node) => nameOf(node) === id && isLeaf(node));
    const value = attributeOf(record, id) ?? (child && valueIn(child, limits));
    if (value && value.length <= 40) return `${record.name} ${value}`;
  }
  return `${record.name} ${position}`;
}
