import type { Element } from '#schemas/records/extracted.ts';
import { type Collector, collector, flagging } from '../collect.ts';
import type { ParseContext } from '../index.ts';
import { attributeOf, childOf, elementsOf, type XmlNode } from '../xml-tree.ts';
import { type Attached, readInline } from './inline.ts';
import { type ListCounter, listCounter } from './lists.ts';
import type { OdtStyles } from './styles.ts';
import { readTable } from './table.ts';

type Flags = { boilerplate?: 'header' | 'footer' | 'page-number' | 'navigation'; hidden?: string; slide?: number };
type List = { level: number; style: string | undefined; counter: ListCounter };

const INDEXES = new Set(['table-of-content', 'alphabetical-index', 'illustration-index', 'table-index', 'user-index', 'object-index']);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
const headingLevel = (value: string | undefined): number => Math.min(6, Math.max(1, Number(value ?? 1) || 1));

/** Reads OpenDocument blocks in order; `flags` hold for all of them. */
export class OdtReader {
  readonly #styles: OdtStyles;
  readonly #context: ParseContext;
  readonly #out: Collector;
  readonly #flags: Flags;
  readonly #counters = new Map<string | undefined, ListCounter>();
  #code: string[] = [];

  constructor(styles: OdtStyles, context: ParseContext, out: Collector, flags: Flags = {}) {
    this.#styles = styles;
    this.#context = context;
    this.#out = flagging(out, () => flags);
    this.#flags = flags;
  }

  read(node: XmlNode, list?: List): void {
    if (INDEXES.has(node.name)) {
      this.#flushCode();
      this.#within({ boilerplate: 'navigation' }).readAll(childOf(node, 'index-body'));
      return;
    }
    switch (node.name) {
      case 'h':
      case 'p':
        this.#paragraph(node, list);
        break;
      case 'list':
        this.#list(node, list);
        break;
      case 'table':
        this.#table(node);
        break;
      case 'section':
        this.#flushCode();
        (attributeOf(node, 'display') === 'none' ? this.#within({ hidden: 'hidden-section' }) : this).readAll(node);
        break;
      case 'index-title':
      case 'bibliography':
      case 'index-body':
      case 'numbered-paragraph':
        this.readAll(node);
        break;
      case 'frame':
      case 'custom-shape':
      case 'g':
        this.#attach(readInline({ name: 'p', prefix: '', attributes: {}, children: [node] }, this.#styles).attached);
        break;
      default:
    }
  }

  readAll(parent: XmlNode | undefined): void {
    for (const node of parent === undefined ? [] : elementsOf(parent)) this.read(node);
    this.end();
  }

  /** Closes what is open; to be called after the last block. */
  end(): void {
    this.#flushCode();
  }

  #flushCode(): void {
    if (this.#code.length > 0) this.#out.add({ kind: 'code', text: this.#code.join('\n') });
    this.#code = [];
  }

  #within(flags: Flags): OdtReader {
    return new OdtReader(this.#styles, this.#context, this.#out, { ...this.#flags, ...flags });
  }

  #paragraph(node: XmlNode, list: List | undefined): void {
    const style = this.#styles.get(attributeOf(node, 'style-name'));
    const { text: written, attached } = readInline(node, this.#styles);
    const text = style.struck ? '' : written;
    if (node.name === 'p' && isCode(style.names)) this.#code.push(text.trimEnd());
    else {
      this.#flushCode();
      const element = kindOf(node, style.names, text.trim(), list);
      this.#out.add(style.hidden ? { ...element, hidden: 'vanish' } : element);
    }
    this.#attach(attached);
  }

  #list(node: XmlNode, outer: List | undefined): void {
    const style = attributeOf(node, 'style-name') ?? outer?.style;
    const counter = outer?.counter ?? this.#counterFor(node, style);
    const list: List = { level: (outer?.level ?? 0) + 1, style, counter };
    for (const item of elementsOf(node)) {
      let isNumbered = item.name === 'list-item';
      for (const child of elementsOf(item)) {
        const isText = child.name === 'p' || child.name === 'h';
        this.read(child, isText && !isNumbered ? undefined : list);
        if (isText) isNumbered = false;
      }
    }
  }

  /** A list that goes on after other text says so; else it counts from its start. */
  #counterFor(node: XmlNode, style: string | undefined): ListCounter {
    const goesOn = attributeOf(node, 'continue-numbering') === 'true' || attributeOf(node, 'continue-list') !== undefined;
    const counter = (goesOn ? this.#counters.get(style) : undefined) ?? listCounter((level) => this.#styles.listLevel(style, level));
    this.#counters.set(style, counter);
    return counter;
  }

  #table(node: XmlNode): void {
    this.#flushCode();
    const { element, attached } = readTable(node, this.#styles);
    this.#out.add(element);
    this.#attach(attached);
  }

  #attach(attached: readonly Attached[]): void {
    if (attached.length > 0) this.#flushCode();
    for (const item of attached) {
      if (item.kind === 'picture') this.#out.add({ kind: 'image', text: item.text });
      else if (item.kind === 'hidden') this.#out.add({ kind: 'paragraph', text: item.text.trim(), hidden: item.reason });
      else if (item.kind === 'box') this.readAll(item.content);
      else this.#out.add({ kind: item.kind, text: this.#storyText(item.content) });
    }
  }

  /** A note's or comment's blocks as lines. */
  #storyText(content: XmlNode): string {
    const own = collector(this.#context);
    new OdtReader(this.#styles, this.#context, own).readAll(content);
    return own.elements.flatMap((element) => (element.kind === 'table' || element.hidden !== undefined ? [] : [element.text])).join('\n');
  }
}

const isCode = (names: readonly string[]): boolean => names.some((name) => /\b(preformatted|source code|code)\b/i.test(name));

function kindOf(node: XmlNode, names: readonly string[], text: string, list: List | undefined): Element {
  if (node.name === 'h') return { kind: 'heading', level: headingLevel(attributeOf(node, 'outline-level')), text: oneLine(text) };
  if (names.some((name) => /^title$/i.test(name))) return { kind: 'heading', level: 1, text: oneLine(text) };
  const heading = names.map((name) => /^heading (\d)/i.exec(name)?.[1]).find((digit) => digit !== undefined);
  if (heading !== undefined) return { kind: 'heading', level: headingLevel(heading), text: oneLine(text) };
  if (names.some((name) => /^(caption|illustration|figure|table caption)$/i.test(name))) return { kind: 'caption', text };
  if (list === undefined) return { kind: 'paragraph', text };
  const marker = text === '' ? '' : list.counter.next(list.level);
  return { kind: 'list-item', level: list.level, ...(marker !== '' && { marker }), text };
}
