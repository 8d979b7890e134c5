import type { Element } from '#schemas/records/extracted.ts';
import type { ParseLimits } from '../index.ts';
import { recordTable } from '../record-table.ts';
import { elementsOf, type XmlNode } from '../xml-tree.ts';
import { attributeFields, type Field, isLeaf, isNamedValue, leafFields, type RecordTitle, titleById, titleOf, valueIn } from './fields.ts';
import { nameOf, TABLES } from './names.ts';
import { readXmlTable } from './table.ts';

/** A text of its own rather than a field's value. */
const LONG = 200;
/** Records with texts longer than this, on average, are no rows if they have titles. */
const MAX_CELL = 80;
/** Levels of a record that its table shows, and names that a line begins with. */
const MAX_FLATTEN = 4;
/** More named values than this are read better as a table. */
const MAX_PAIRS = 50;
/** Names that say no more of a text than that it is one. */
const MERELY_TEXT = /^(?:text|description|descr|desc|content|contents|body|summary|abstract|paragraph|para|value|encoded)$/i;

/** Data as people would write it down: single values as `name: value` lines, records as headings or, when flat, as tables. */
export function recordElements(node: XmlNode, limits: ParseLimits, level = 1): Element[] {
  const records = new Records(limits, recordNames(node));
  if (isLeaf(node)) records.fields(leafFields(node, limits));
  else records.root(node, level);
  records.closeLines();
  return records.elements;
}

class Records {
  readonly elements: Element[] = [];
  readonly #limits: ParseLimits;
  readonly #recordNames: ReadonlySet<string>;
  #lines: string[] = [];

  constructor(limits: ParseLimits, recordNames: ReadonlySet<string>) {
    this.#limits = limits;
    this.#recordNames = recordNames;
  }

  root(node: XmlNode, level: number): void {
    const title = titleOf(node, this.#limits);
    if (title) this.#heading(title.text, level);
    this.#record(node, title, '', title ? level + 1 : level);
  }

  fields(fields: readonly Field[], prefix = ''): void {
    for (const [name, value] of fields) {
      if (value === '') continue;
      const isText = value.length > LONG || value.includes('\n');
      if (isText) this.closeLines();
      this.#lines.push(isText && MERELY_TEXT.test(name) ? value : `${prefix}${name}: ${value}`);
      if (isText) this.closeLines();
    }
  }

  closeLines(): void {
    if (this.#lines.length > 0) this.elements.push({ kind: 'paragraph', text: this.#lines.join('\n') });
    this.#lines = [];
  }

  #heading(text: string, level: number): void {
    this.closeLines();
    this.elements.push({ kind: 'heading', level: Math.min(6, level), text });
  }

  /** Plain fields first: below the heading of a nested record they would seem to be its own. */
  #record(record: XmlNode, title: RecordTitle | undefined, prefix: string, level: number): void {
    this.fields(
      attributeFields(record).filter(([name]) => name !== title?.source),
      prefix,
    );
    const groups = groupsOf(record, title);
    const isField = (group: readonly XmlNode[]): boolean => group.every(isLeaf) && (group.length === 1 || group.every(isNamedValue));
    const isInline = (group: readonly XmlNode[]): boolean => isField(group) && group.length <= MAX_PAIRS;
    for (const group of groups) {
      if (isInline(group)) for (const leaf of group) this.fields(leafFields(leaf, this.#limits), prefix);
      else if (group.every(isLeaf)) this.#values(group, prefix);
    }
    for (const group of groups) if (!group.every(isLeaf)) this.#nested(group, prefix, level, groups.length === 1);
  }

  /** Values of one name: short ones on a line, others as a list, those with attributes as a table. */
  #values(group: readonly XmlNode[], prefix: string): void {
    const name = group[0]?.name ?? '';
    if (group.some((leaf) => attributeFields(leaf).length > 0)) {
      this.#alike(group, prefix, 6);
      return;
    }
    const values = group.map((leaf) => valueIn(leaf, this.#limits)).filter((value) => value !== '');
    const line = values.join(', ');
    if (line.length <= LONG) {
      this.fields([[name, line]], prefix);
      return;
    }
    this.closeLines();
    this.elements.push(...values.map((text): Element => ({ kind: 'list-item', level: 1, text })));
  }

  #nested(group: readonly XmlNode[], prefix: string, level: number, isOnly: boolean): void {
    const [node] = group;
    if (group.length > 1) this.#alike(group, prefix, level);
    else if (node) this.#single(node, prefix, level, isOnly);
  }

  #single(node: XmlNode, prefix: string, level: number, isOnly: boolean): void {
    const table = TABLES.has(nameOf(node)) ? readXmlTable(node) : undefined;
    if (table) {
      this.closeLines();
      this.elements.push(...table.captions.map((text): Element => ({ kind: 'caption', text })));
      this.elements.push({ kind: 'table', rows: table.rows, headerRows: table.headerRows });
      return;
    }
    const isRecord = this.#recordNames.has(node.name) || !elementsOf(node).every(isLeaf);
    const title = isRecord ? titleOf(node, this.#limits) : undefined;
    if (title) {
      const what = isOnly || this.#recordNames.has(node.name) ? '' : `${node.name}: `;
      this.#heading(what + title.text, level);
      this.#record(node, title, '', level + 1);
    } else this.#record(node, undefined, isWrapper(node) ? prefix : within(prefix, node.name), level);
  }

  #alike(group: readonly XmlNode[], prefix: string, level: number): void {
    const table = tableOfRecords(group, this.#limits);
    this.closeLines();
    if (table) {
      this.elements.push(table);
      return;
    }
    group.forEach((record, i) => {
      if (isLeaf(record)) this.fields(leafFields(record, this.#limits), prefix);
      else {
        const title = titleOf(record, this.#limits);
        this.#heading(title?.text ?? titleById(record, i + 1, this.#limits), level);
        this.#record(record, title, '', level + 1);
      }
      this.closeLines();
    });
  }
}

/** Names that stand several times side by side somewhere, so that one of them alone is a record, too. */
function recordNames(root: XmlNode): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: XmlNode): void => {
    for (const group of groupsOf(node, undefined)) {
      const [first] = group;
      if (first && group.length > 1) names.add(first.name);
      group.forEach(visit);
    }
  };
  visit(root);
  return names;
}

/** What a value belongs to: the names around it, the nearest of them if there are many. */
const within = (prefix: string, name: string): string =>
  `${[...prefix.trim().split(' '), name].slice(-MAX_FLATTEN).join(' ').trimStart()} `;

/** Only there to hold elements of one name, which speak for themselves. */
function isWrapper(node: XmlNode): boolean {
  const children = elementsOf(node);
  const [first] = children;
  if (!first || attributeFields(node).length > 0 || children.some((child) => child.name !== first.name)) return false;
  return children.length > 1 || !isLeaf(first) || isNamedValue(first);
}

/** Neighbours of one name. */
function groupsOf(node: XmlNode, title: RecordTitle | undefined): XmlNode[][] {
  const groups: XmlNode[][] = [];
  for (const child of elementsOf(node)) {
    if (child === title?.source) continue;
    const last = groups.at(-1);
    if (last?.[0]?.name === child.name) last.push(child);
    else groups.push([child]);
  }
  return groups;
}

/** Fields of fields as `a b`; undefined if there are like records in it, or too many levels. */
function flatten(
  record: XmlNode,
  limits: ParseLimits,
  prefix = '',
  level = 1,
  into = new Map<string, string>(),
): Map<string, string> | undefined {
  if (level > MAX_FLATTEN) return undefined;
  const add = ([name, value]: Field): void => {
    const before = into.get(prefix + name);
    if (value !== '') into.set(prefix + name, before ? `${before}, ${value}` : value);
  };
  attributeFields(record).forEach(add);
  if (isLeaf(record)) add([record.name, valueIn(record, limits)]);
  else {
    const seen = new Set<string>();
    for (const child of elementsOf(record)) {
      if (isLeaf(child)) leafFields(child, limits).forEach(add);
      else if (seen.has(child.name) || !flatten(child, limits, `${prefix}${child.name} `, level + 1, into)) return undefined;
      seen.add(child.name);
    }
  }
  return into;
}

/** Records that have a title, and parts or a text besides, are read better under it. */
function needsHeadings(records: readonly XmlNode[], rows: readonly ReadonlyMap<string, string>[], limits: ParseLimits): boolean {
  if (records.some((record) => isLeaf(record) || !titleOf(record, limits))) return false;
  const longest = rows.reduce((sum, row) => sum + [...row.values()].reduce((most, text) => Math.max(most, text.length), 0), 0);
  return longest > rows.length * MAX_CELL || records.some((record) => !elementsOf(record).every(isLeaf));
}

function tableOfRecords(records: readonly XmlNode[], limits: ParseLimits): Element | undefined {
  const rows: Map<string, string>[] = [];
  for (const record of records) {
    const row = flatten(record, limits);
    if (!row) return undefined;
    rows.push(row);
  }
  return needsHeadings(records, rows, limits) ? undefined : recordTable(rows);
}
