import type { Element } from '#schemas/records/extracted.ts';
import { elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import { decodeNamed, SKIPPED } from './names.ts';
import { hasOwnText, isEncoded } from './prose.ts';

type Fields = Map<string, string>;

const tidy = (text: string): string => decodeNamed(text).replace(/\s+/g, ' ').trim();
/** Text with marks in it is one value. */
const isLeaf = (node: XmlNode): boolean => elementsOf(node).length === 0 || hasOwnText(node);
const valueIn = (node: XmlNode): string => {
  const text = SKIPPED.has(node.name.toLowerCase()) ? '' : textOf(node);
  return isEncoded(text) ? '' : tidy(text);
};

/** Data as people would write it down: like records as a table, like values as a list, single values as `name: value` lines. */
export function recordElements(node: XmlNode): Element[] {
  const elements: Element[] = [];
  const lines: string[] = [];
  const closeLines = (): void => {
    if (lines.length > 0) elements.push({ kind: 'paragraph', text: lines.splice(0).join('\n') });
  };
  const write = (record: XmlNode): void => {
    lines.push(...attributeFields(record).map(([name, value]) => `${name}: ${value}`));
    for (const group of groupsOf(record)) {
      const alike = group.length > 1 ? alikeElements(group) : undefined;
      if (alike) {
        closeLines();
        elements.push(...alike);
        continue;
      }
      for (const child of group) {
        if (group.length > 1) closeLines();
        if (isLeaf(child)) lines.push(...leafLines(child));
        else write(child);
      }
    }
  };
  if (isLeaf(node)) lines.push(...leafLines(node));
  else write(node);
  closeLines();
  return elements;
}

/** Nothing if the records differ in form, so that each takes its own lines. */
function alikeElements(group: readonly XmlNode[]): Element[] | undefined {
  if (group.every((leaf) => isLeaf(leaf) && attributeFields(leaf).length === 0))
    return group.flatMap((leaf): Element[] => (valueIn(leaf) === '' ? [] : [{ kind: 'list-item', level: 1, text: valueIn(leaf) }]));
  return group.every(isFlat) ? tableOf(group) : undefined;
}

/** Neighbours of one name. */
function groupsOf(node: XmlNode): XmlNode[][] {
  const groups: XmlNode[][] = [];
  for (const child of elementsOf(node)) {
    const last = groups.at(-1);
    if (last?.[0]?.name === child.name) last.push(child);
    else groups.push([child]);
  }
  return groups;
}

const isFlat = (node: XmlNode): boolean => elementsOf(node).every(isLeaf);

function leafLines(leaf: XmlNode): string[] {
  const value = valueIn(leaf);
  const attributes = attributeFields(leaf).map(([name, text]) => `${name}: ${text}`);
  if (value === '' && attributes.length === 0) return [];
  return [`${leaf.name}: ${[...(value === '' ? [] : [value]), ...attributes].join(', ')}`];
}

const attributeFields = (node: XmlNode): [string, string][] =>
  Object.entries(node.attributes).flatMap(([name, value]): [string, string][] => {
    const isPlumbing = name === 'xmlns' || /^(?:xmlns|xsi|xml|xlink):/.test(name) || value.trim() === '' || /^(?:https?|urn):/.test(value);
    return isPlumbing ? [] : [[name.slice(name.indexOf(':') + 1), tidy(value)]];
  });

function fieldsOf(record: XmlNode): Fields {
  const fields: Fields = new Map(attributeFields(record));
  const add = (name: string, value: string): void => {
    const before = fields.get(name);
    fields.set(name, before ? `${before}, ${value}` : value);
  };
  for (const child of elementsOf(record)) {
    add(child.name, valueIn(child));
    for (const [name, value] of attributeFields(child)) add(`${child.name} ${name}`, value);
  }
  const own = isLeaf(record) ? valueIn(record) : '';
  if (own !== '') add(record.name, own);
  return fields;
}

/** Nothing for records that all are empty. */
function tableOf(records: readonly XmlNode[]): Element[] {
  const rows = records.map(fieldsOf);
  const names = [...new Set(rows.flatMap((fields) => [...fields].filter(([, value]) => value !== '').map(([name]) => name)))];
  if (names.length === 0) return [];
  return [{ kind: 'table', headerRows: 1, rows: [names, ...rows.map((fields) => names.map((name) => fields.get(name) ?? ''))] }];
}
