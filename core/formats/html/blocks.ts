import type { Element } from '#schemas/records/extracted.ts';
import type { ParseLimits } from '../index.ts';
import { type BlockKind, BlockWriter, type Boilerplate, type Flags, tidy } from './block-writer.ts';
import { attribute, type HtmlElement, type HtmlNode, type HtmlParent, isElement, isText, parseDom, rawText } from './dom.ts';
import { isFootnote, isNoteMark, noteTargets } from './notes.ts';
import { readTable } from './table.ts';
import { BLOCKS, LISTS, PREFORMATTED, SKIPPED } from './tags.ts';
import { hiddenReason } from './visibility.ts';

export type BlockOptions = {
  limits: Pick<ParseLimits, 'maxDepth'>;
  /** What furniture a text or picture is, if any. */
  boilerplateOf?: (node: HtmlNode) => Boilerplate | undefined;
};

/** Where the walk stands. `listLevel` counts the lists around; `frames` the pages in pages. */
type Place = { flags: Flags; listLevel: number; inItem: boolean; frames: number };

const MAX_FRAMES = 3;
const FOOTNOTE: BlockKind = { kind: 'footnote' };

/** The elements of a page or of a part of it, in reading order. */
export function blocksOf(root: HtmlParent, options: BlockOptions): Element[] {
  const walk = new Walk(options, noteTargets(root));
  walk.children(root, { flags: {}, listLevel: 0, inItem: false, frames: 0 });
  walk.out.flush();
  return walk.out.elements;
}

class Walk {
  out = new BlockWriter();
  readonly #options: BlockOptions;
  readonly #notes: ReadonlySet<string>;

  constructor(options: BlockOptions, notes: ReadonlySet<string>) {
    this.#options = options;
    this.#notes = notes;
  }

  children(parent: HtmlParent, place: Place): void {
    for (const child of parent.childNodes) {
      if (isText(child)) this.out.text(child.value, this.#flags(child, place));
      else if (isElement(child)) this.#element(child, place);
    }
  }

  #flags(node: HtmlNode, place: Place): Flags {
    if (place.frames > 0) return place.flags;
    const boilerplate = place.flags.boilerplate ?? this.#options.boilerplateOf?.(node);
    return boilerplate === undefined ? place.flags : { ...place.flags, boilerplate };
  }

  #element(element: HtmlElement, place: Place): void {
    const hidden = place.flags.hidden === undefined ? hiddenReason(element) : undefined;
    if (hidden === undefined) {
      this.#visible(element, place);
      return;
    }
    const outer = this.out;
    this.out = new BlockWriter();
    this.#visible(element, { ...place, flags: { ...place.flags, hidden } });
    this.out.flush();
    const { elements } = this.out;
    this.out = outer;
    if (BLOCKS.has(element.tagName)) outer.add(...elements);
    else outer.beside(elements);
  }

  #visible(element: HtmlElement, place: Place): void {
    const { tagName } = element;
    if (SKIPPED.has(tagName) || isNoteMark(element)) return;
    if (tagName === 'br') this.out.lineBreak();
    else if (tagName === 'img') this.#image(element, place);
    else if (tagName === 'iframe') this.#frame(element, place);
    else if (tagName === 'table') this.#table(element, place);
    else if (PREFORMATTED.has(tagName)) this.#preformatted(element, place);
    else if (LISTS.has(tagName)) this.#list(element, place);
    else if (BLOCKS.has(tagName)) this.#block(element, place);
    else {
      // 10 to the power of 6 is not 106.
      if (tagName === 'sup' && /^[+\u2212-]?\d+$/.test(rawText(element).trim()) && this.out.endsInDigit) this.out.text('^', place.flags);
      this.children(element, place);
    }
  }

  #block(element: HtmlElement, place: Place): void {
    const kind = isFootnote(element, this.#notes) ? FOOTNOTE : blockKind(element);
    if (kind) {
      this.out.within(kind, () => this.children(element, { ...place, inItem: true }));
    } else if (place.inItem) {
      // Paragraphs of one list item, and boxes in a heading, are lines of it.
      this.out.lineEnd();
      this.children(element, place);
      this.out.lineEnd();
    } else {
      this.out.flush();
      this.children(element, place);
      this.out.flush();
    }
  }

  #list(list: HtmlElement, place: Place): void {
    const level = place.listLevel + 1;
    let number = Number.parseInt(attribute(list, 'start') ?? '1', 10) || 1;
    this.out.flush();
    for (const child of list.childNodes) {
      if (!isElement(child)) {
        if (isText(child)) this.out.text(child.value, this.#flags(child, place));
        continue;
      }
      const item = { ...place, listLevel: level, inItem: true };
      const block: BlockKind = isFootnote(child, this.#notes) ? FOOTNOTE : { kind: 'list-item', level };
      if (child.tagName === 'li' && list.tagName === 'ol' && block.kind === 'list-item') {
        number = Number.parseInt(attribute(child, 'value') ?? '', 10) || number;
        block.marker = `${number}.`;
        number += 1;
      }
      if (child.tagName === 'li' || child.tagName === 'dt') this.#item(child, block, item);
      else if (child.tagName === 'dd') this.#item(child, { kind: 'list-item', level: level + 1 }, { ...item, listLevel: level + 1 });
      // dl > div > dt is allowed, and lists inside lists without an item are common.
      else if (child.tagName === 'div' && list.tagName === 'dl') this.#list(child, place);
      else this.#element(child, { ...place, listLevel: BLOCKS.has(child.tagName) ? level : place.listLevel });
    }
    this.out.flush();
  }

  #item(item: HtmlElement, block: BlockKind, place: Place): void {
    const hidden = place.flags.hidden ?? hiddenReason(item);
    const flags = hidden === undefined ? place.flags : { ...place.flags, hidden };
    this.out.within(block, () => this.children(item, { ...place, flags }));
  }

  #image(element: HtmlElement, place: Place): void {
    const text = tidy((attribute(element, 'alt') ?? '').replace(/\s+/g, ' '));
    if (text !== '') this.out.beside([{ kind: 'image', text, ...this.#flags(element, place) }]);
  }

  #frame(element: HtmlElement, place: Place): void {
    const page = attribute(element, 'srcdoc');
    if (page === undefined || place.frames >= MAX_FRAMES) return;
    this.out.flush();
    this.children(parseDom(page, this.#options.limits), { ...place, flags: this.#flags(element, place), frames: place.frames + 1 });
    this.out.flush();
  }

  #preformatted(element: HtmlElement, place: Place): void {
    const text = rawText(element)
      .replace(/^[ \t]*\r?\n/, '')
      .trimEnd();
    if (text.trim() === '') return;
    const language = codeLanguage(element);
    const flags = this.#flags(element.childNodes[0] ?? element, place);
    this.out.add({ kind: 'code', ...(language ? { language } : {}), text, ...flags });
  }

  #table(table: HtmlElement, place: Place): void {
    const data = readTable(table);
    this.out.flush();
    if (!data) {
      this.children(table, { ...place, inItem: false });
      this.out.flush();
      return;
    }
    const flags = this.#flags(data.anchor ?? table, place);
    for (const caption of data.captions) this.out.within({ kind: 'caption' }, () => this.children(caption, { ...place, inItem: true }));
    if (data.rows.length > 0) this.out.add({ kind: 'table', rows: data.rows, headerRows: data.headerRows, ...flags });
    for (const hidden of data.hidden) this.out.add({ kind: 'paragraph', text: hidden.text, ...flags, hidden: hidden.reason });
  }
}

function blockKind(element: HtmlElement): BlockKind | undefined {
  const heading = /^h([1-6])$/.exec(element.tagName);
  if (heading) return { kind: 'heading', level: Number(heading[1]) };
  if (element.tagName === 'figcaption' || element.tagName === 'caption') return { kind: 'caption' };
  if (attribute(element, 'role') === 'heading') return { kind: 'heading', level: headingLevel(attribute(element, 'aria-level')) };
  return undefined;
}

const headingLevel = (level: string | undefined): number => Math.min(6, Math.max(1, Number.parseInt(level ?? '2', 10) || 2));

/** `class="language-ts"` and its kin on the block, its code element or the box around it. */
function codeLanguage(pre: HtmlElement): string | undefined {
  const code = pre.childNodes.find((node) => isElement(node) && node.tagName === 'code');
  const around = pre.parentNode && 'tagName' in pre.parentNode ? pre.parentNode : undefined;
  for (const element of [code && isElement(code) ? code : undefined, pre, around]) {
    if (!element) continue;
    const named = attribute(element, 'data-lang') ?? attribute(element, 'data-language');
    const language =
      named ?? /(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([\w+#.-]+)/.exec(attribute(element, 'class') ?? '')?.[1];
    if (language) return language.toLowerCase();
  }
  return undefined;
}
