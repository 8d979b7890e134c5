import type { Env, Token } from 'markdown-it';
import type { Element } from '#schemas/records/extracted.ts';
import type { TellLink } from '../links.ts';
import { blockParser, type Inline, readInline } from './inline.ts';

type Table = { rows: string[][]; headerRows: number };
type Item = { level: number; marker?: string; element?: { text: string } };

/** The elements of Markdown without HTML; nothing if it holds HTML that takes an HTML parser to read. */
export function markdownElements(source: string, link?: TellLink): Element[] | undefined {
  const env: Env = {};
  const builder = new Builder(env);
  if (!blockParser.parse(source, env).every((token) => builder.accept(token))) return undefined;
  if (link) builder.links.forEach(link);
  return builder.elements;
}

class Builder {
  readonly elements: Element[] = [];
  readonly links: string[] = [];
  readonly #env: Env;
  readonly #items: Item[] = [];
  #lists = 0;
  #heading = 0;
  #table: Table | undefined;

  constructor(env: Env) {
    this.#env = env;
  }

  /** Whether the token could be read. */
  accept(token: Token): boolean {
    switch (token.type) {
      case 'inline':
        return this.#inline(token.content);
      case 'footnote':
        return this.#footnote(token.content);
      case 'html_block':
        return isComment(token.content.trim());
      case 'heading_open':
        this.#heading = Number(token.tag.slice(1));
        break;
      case 'heading_close':
        this.#heading = 0;
        break;
      case 'fence':
      case 'code_block':
        this.#code(token);
        break;
      default:
        this.#structure(token);
    }
    return true;
  }

  #structure(token: Token): void {
    switch (token.type) {
      case 'bullet_list_open':
      case 'ordered_list_open':
        this.#lists += 1;
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.#lists -= 1;
        break;
      case 'list_item_open':
        this.#items.push({ level: this.#lists, ...(token.info ? { marker: token.info + token.markup } : {}) });
        break;
      case 'list_item_close':
        this.#items.pop();
        break;
      case 'table_open':
        this.#table = { rows: [], headerRows: 1 };
        break;
      case 'tr_open':
        this.#table?.rows.push([]);
        break;
      case 'table_close':
        if (this.#table) this.elements.push({ kind: 'table', ...this.#table });
        this.#table = undefined;
    }
  }

  #inline(content: string): boolean {
    const inline = readInline(content, this.#env);
    if (!inline) return false;
    this.links.push(...inline.links);
    const text = inline.text.trim();
    if (this.#table) this.#table.rows.at(-1)?.push([text, ...inline.images].join(' ').trim());
    else {
      if (text !== '') this.#text(text);
      this.#images(inline);
    }
    return true;
  }

  #footnote(content: string): boolean {
    const paragraphs = content.split(/\n{2,}/).map((paragraph) => readInline(paragraph, this.#env));
    const texts = paragraphs.flatMap((inline) => (inline ? [inline.text.trim(), ...inline.images] : [])).filter((text) => text !== '');
    if (texts.length > 0) this.elements.push({ kind: 'footnote', text: texts.join('\n') });
    return !paragraphs.includes(undefined);
  }

  #text(text: string): void {
    const item = this.#items.at(-1);
    if (this.#heading > 0) this.elements.push({ kind: 'heading', level: this.#heading, text });
    else if (item) this.#item(item, text);
    else this.elements.push({ kind: 'paragraph', text });
  }

  /** A second paragraph of an item continues it, as long as nothing stands between. */
  #item(item: Item, text: string): void {
    const last = this.elements.at(-1);
    if (item.element && last === item.element) {
      item.element.text += `\n${text}`;
      return;
    }
    const task = item.element ? undefined : /^\[[ xX]\] /.exec(text)?.[0];
    const marker = item.element ? undefined : (task?.trim() ?? item.marker);
    const element: Element = { kind: 'list-item', level: item.level, ...(marker ? { marker } : {}), text: text.slice(task?.length ?? 0) };
    item.element = element;
    this.elements.push(element);
  }

  #images({ images }: Inline): void {
    for (const text of images) this.elements.push({ kind: 'image', text });
  }

  #code(token: Token): void {
    const text = token.content.trimEnd();
    const language = token.type === 'fence' ? /^\{?\.?([\w+#.-]+)/.exec(token.info.trim())?.[1]?.toLowerCase() : undefined;
    if (text.trim() !== '') this.elements.push({ kind: 'code', ...(language ? { language } : {}), text });
  }
}

const isComment = (html: string): boolean => html.startsWith('<!--') && html.indexOf('-->') === html.length - 3;
