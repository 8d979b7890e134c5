import type { DocumentMetadata, Element } from '#schemas/records/extracted.ts';
import { SluiceError } from '../../errors.ts';
import type { ParseContext } from '../index.ts';
import { charOfNumber, charOfSymbol, charOfWord } from './characters.ts';
import { decodeCodePage, decodeSymbols } from './code-pages.ts';
import { destinationOf, flowOf } from './destinations.ts';
import { type Flow, flow, type ParagraphProperties } from './flow.ts';
import { withHeadings } from './looks.ts';
import { info } from './metadata.ts';
import { format, initialState, type State } from './state.ts';
import { tables } from './tables.ts';
import { type Token, tokens } from './tokens.ts';

const DEFAULT_CODE_PAGE = 1252;
/** Words that name the character set of a whole file. */
const CHARACTER_SETS: Readonly<Record<string, number>> = { mac: 10000, pc: 437, pca: 850 };

/** An open group: what was before it, and the flow that it opened, if it did. */
type Group = { before: State; flow: Flow | undefined };
type Word = Extract<Token, { kind: 'word' }>;

export type RtfDocument = { elements: Element[]; metadata: DocumentMetadata; openGroups: number };

/** Reads an RTF file as the specification tells a reader: groups that inherit, words that format, destinations. */
export class RtfReader {
  readonly #bytes: Uint8Array;
  readonly #context: ParseContext;
  readonly #tables = tables();
  readonly #info = info();
  readonly #groups: Group[] = [];
  readonly #flows: [Flow, ...Flow[]] = [flow('main')];
  #state: State = { ...initialState };
  #codePage = DEFAULT_CODE_PAGE;
  #defaultFont = -1;
  /** Bytes not decoded yet: a character of a multi-byte code page may come in several tokens. */
  #pending: number[] = [];
  #starred = false;
  /** Bytes of replacement text still to pass over. */
  #toSkip = 0;
  #rowIsShaded = false;
  #styleName = '';

  constructor(bytes: Uint8Array, context: ParseContext) {
    this.#bytes = bytes;
    this.#context = context;
  }

  read(): RtfDocument {
    for (const token of tokens(this.#bytes)) {
      if (token.kind !== 'text' && token.kind !== 'byte') this.#decodePending();
      if (token.kind === 'close' && this.#groups.length <= 1) {
        this.#close();
        break;
      }
      this.#take(token);
    }
    this.#decodePending();
    const openGroups = this.#groups.length;
    while (this.#groups.length > 0) this.#close();
    return { elements: withHeadings(this.#flows[0].finish(this.#paragraphProperties())), metadata: this.#info.metadata(), openGroups };
  }

  #take(token: Token): void {
    switch (token.kind) {
      case 'open':
        this.#open();
        break;
      case 'close':
        this.#close();
        break;
      case 'text':
        this.#takeBytes(this.#bytes.subarray(token.start, token.end));
        break;
      case 'byte':
        this.#takeBytes([token.value]);
        break;
      case 'symbol':
        this.#takeSymbol(token.symbol);
        break;
      case 'word':
        this.#takeWord(token);
    }
  }

  #open(): void {
    if (this.#groups.length >= this.#context.limits.maxDepth)
      throw new SluiceError(
        'too-complex',
        `reading ${this.#context.name}: groups nested deeper than ${this.#context.limits.maxDepth} levels`,
      );
    this.#groups.push({ before: this.#state, flow: undefined });
    this.#state = { ...this.#state };
    this.#toSkip = 0;
    this.#starred = false;
  }

  #close(): void {
    const group = this.#groups.pop();
    if (group === undefined) return;
    if (this.#state.destination === 'styles') this.#endStyle();
    if (group.flow !== undefined) {
      this.#flows.pop();
      this.#flow().anchor(group.flow.finish(this.#paragraphProperties()));
    }
    this.#state = group.before;
    this.#toSkip = 0;
    this.#starred = false;
  }

  #takeBytes(bytes: Uint8Array | readonly number[]): void {
    const skipped = Math.min(this.#toSkip, bytes.length);
    this.#toSkip -= skipped;
    if (this.#state.destination === 'skip') return;
    for (let i = skipped; i < bytes.length; i++) this.#pending.push(bytes[i] ?? 0);
  }

  #decodePending(): void {
    if (this.#pending.length === 0) return;
    const bytes = Uint8Array.from(this.#pending);
    this.#pending = [];
    const { page, isSymbol } = this.#tables.font(this.#state.font === -1 ? this.#defaultFont : this.#state.font);
    const isUtf8 = this.#codePage === 65001;
    this.#write(isSymbol ? decodeSymbols(bytes) : decodeCodePage(bytes, isUtf8 ? this.#codePage : (page ?? this.#codePage)));
  }

  #takeSymbol(symbol: string): void {
    if (symbol === '*') this.#starred = true;
    else if (symbol === '\n' || symbol === '\r') this.#endParagraph();
    else if (this.#toSkip > 0) this.#toSkip--;
    else this.#write(charOfSymbol(symbol) ?? '');
  }

  #takeWord({ name, value }: Word): void {
    const starred = this.#starred;
    this.#starred = false;
    if (this.#turnsGroup(name, starred)) return;
    const { destination } = this.#state;
    if (destination === 'skip') return;
    if (destination === 'fonts') this.#defineFont(name, value);
    else if (destination === 'colours') this.#defineColour(name, value);
    else if (!this.#info.date(destination, name, value) && !format(this.#state, name, value)) this.#contain(name, value);
  }

  /** Words that are or order text, or declare something of the file. */
  #contain(name: string, value: number | undefined): void {
    const character = charOfWord(name);
    if (name === 'u') {
      this.#write(charOfNumber(value ?? 0xfffd));
      this.#toSkip = this.#state.replacement;
    } else if (character !== undefined) this.#write(character);
    else if (this.#state.destination === 'text') this.#structure(name);
    this.#declare(name, value);
  }

  /** Words that say what the text of the group is for. */
  #turnsGroup(name: string, starred: boolean): boolean {
    const { destination, outer } = this.#state;
    const flowKind = destination === 'text' ? flowOf(name) : undefined;
    const group = this.#groups.at(-1);
    if (flowKind !== undefined && group !== undefined && group.flow === undefined) {
      group.flow = flow(flowKind);
      this.#flows.push(group.flow);
      Object.assign(this.#state, { inTable: false, listLevel: 1, outline: undefined, style: 0 });
      return true;
    }
    if (name === 'upr') Object.assign(this.#state, { outer: destination, destination: 'skip' });
    else if (name === 'ud') this.#state.destination = outer;
    else {
      const turned = destinationOf(name, starred, destination);
      if (turned === undefined) return false;
      this.#state.destination = turned;
    }
    return true;
  }

  #structure(name: string): void {
    const current = this.#flow();
    if (name === 'par' || name === 'sect' || name === 'page') this.#endParagraph();
    else if (name === 'cell') current.endCell(this.#paragraphProperties());
    else if (name === 'nestcell') this.#write('\t');
    else if (name === 'nestrow') this.#write('\n');
    else if (name === 'row') {
      current.endRow();
      this.#rowIsShaded = false;
    } else if (name === 'trowd') {
      current.openRow(false);
      this.#rowIsShaded = false;
    } else if (name === 'trhdr') current.openRow(true);
    else if (name === 'clcbpat' || name === 'clcbpatraw' || name === 'clshdng') this.#rowIsShaded = true;
  }

  #declare(name: string, value: number | undefined): void {
    if (name === 'ansicpg' && value !== undefined && value > 0) this.#codePage = value;
    else if (name === 'deff') this.#defaultFont = value ?? 0;
    else if (Object.hasOwn(CHARACTER_SETS, name)) this.#codePage = CHARACTER_SETS[name] ?? DEFAULT_CODE_PAGE;
  }

  #defineFont(name: string, value: number | undefined): void {
    if (name === 'f') this.#state.font = value ?? 0;
    else if (name === 'fcharset') this.#tables.setFont(this.#state.font, { charset: value ?? 0 });
    else if (name === 'cpg' && value !== undefined) this.#tables.setFont(this.#state.font, { page: value });
  }

  #defineColour(name: string, value: number | undefined): void {
    if (name === 'red' || name === 'green' || name === 'blue') this.#tables.setColour(name, value ?? 0);
  }

  #endStyle(): void {
    this.#tables.setStyle(this.#state.style, this.#state.outline, this.#styleName.split(';', 1).join('').trim());
    this.#styleName = '';
  }

  #endParagraph(): void {
    this.#flow().endParagraph(this.#paragraphProperties());
  }

  #paragraphProperties(): ParagraphProperties {
    const { outline, style, listLevel, inTable } = this.#state;
    const headingLevel = outline === undefined ? this.#tables.headingLevel(style) : Math.min(6, outline + 1);
    return { headingLevel, listLevel, inTable };
  }

  #flow(): Flow {
    return this.#flows.at(-1) ?? this.#flows[0];
  }

  #write(text: string): void {
    const { destination, deleted, struck, bold, size } = this.#state;
    if (text === '' || deleted || (struck && destination === 'text')) return;
    if (destination === 'text') this.#flow().write(text, this.#hiddenBy(), { bold, size });
    else if (destination === 'marker') this.#flow().mark(text);
    else if (destination === 'styles') this.#styleName += text;
    else if (destination === 'colours') for (const _ of text.matchAll(/;/g)) this.#tables.endColour();
    else this.#info.write(destination, text);
  }

  #hiddenBy(): string | undefined {
    if (this.#state.hidden) return 'vanish';
    const isOnPaper = !this.#state.background && !this.#rowIsShaded;
    return isOnPaper && this.#tables.isWhite(this.#state.colour) ? 'white-on-white' : undefined;
  }
}
