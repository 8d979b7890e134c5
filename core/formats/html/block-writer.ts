import type { Element } from '#schemas/records/extracted.ts';

export type Boilerplate = NonNullable<Element['boilerplate']>;
export type Flags = { hidden?: string; boilerplate?: Boilerplate };

/** What the next run of text becomes. */
export type BlockKind =
  | { kind: 'heading'; level: number }
  | { kind: 'paragraph' }
  | { kind: 'list-item'; level: number; marker?: string }
  | { kind: 'caption' }
  | { kind: 'footnote' };

const PARAGRAPH: BlockKind = { kind: 'paragraph' };

const sameFlags = (a: Flags, b: Flags): boolean => a.hidden === b.hidden && a.boilerplate === b.boilerplate;

/** White space as a browser collapses it, line breaks of the page's own kept; no-break spaces become spaces. */
export const tidy = (text: string): string =>
  text
    .replace(/[ \t\f\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** Blank lines part paragraphs, whatever made them; a heading is one line. */
function partsOf({ kind }: BlockKind, text: string): string[] {
  if (text === '') return [];
  if (kind === 'heading') return [text.replace(/\n+/g, ' ')];
  return kind === 'paragraph' ? text.split('\n\n') : [text];
}

/** Collects inline text into elements: one per block, with what stands beside the text (pictures, hidden runs) after it. */
export class BlockWriter {
  readonly elements: Element[] = [];
  block: BlockKind = PARAGRAPH;
  #parts: string[] = [];
  #filled = false;
  #flags: Flags = {};
  #asides: Element[] = [];

  /** Source white space in `text` counts as spaces. */
  text(text: string, flags: Flags): void {
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
    const blank = collapsed === ' ' || collapsed === '';
    if (blank && !this.#filled) return;
    if (!blank && this.#filled && !sameFlags(flags, this.#flags)) this.flush();
    if (!blank && !this.#filled) {
      this.#flags = flags;
      this.#filled = true;
    }
    const last = this.#parts.at(-1);
    if (collapsed !== ' ' || (last !== ' ' && last !== '\n')) this.#parts.push(collapsed);
  }

  get endsInDigit(): boolean {
    return this.#filled && /\d$/.test(this.#parts.at(-1) ?? '');
  }

  lineBreak(): void {
    if (this.#filled) this.#parts.push('\n');
  }

  /** Ends a line, unless one has just ended. */
  lineEnd(): void {
    if (this.#parts.at(-1) === ' ') this.#parts.pop();
    if (this.#filled && this.#parts.at(-1) !== '\n') this.#parts.push('\n');
  }

  /** Adds what must not split the block that is being written. */
  beside(elements: readonly Element[]): void {
    (this.#filled ? this.#asides : this.elements).push(...elements);
  }

  /** Ends the block and adds whole elements. */
  add(...elements: Element[]): void {
    this.flush();
    this.elements.push(...elements);
  }

  flush(): void {
    const text = this.#filled ? tidy(this.#parts.join('')) : '';
    for (const part of partsOf(this.block, text)) this.elements.push({ ...this.block, text: part, ...this.#flags });
    this.elements.push(...this.#asides);
    // A list item's later paragraphs and the text after a nested list belong to it, but are not numbered anew.
    if (text !== '' && this.block.kind === 'list-item') this.block = { kind: 'list-item', level: this.block.level };
    this.#parts = [];
    this.#asides = [];
    this.#filled = false;
  }

  /** Runs `write` with its own block kind, ended before and after. */
  within(block: BlockKind, write: () => void): void {
    this.flush();
    const outer = this.block;
    this.block = block;
    write();
    this.flush();
    this.block = outer;
  }
}
