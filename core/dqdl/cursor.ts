import type { SluiceError } from '../errors.ts';
import { rulesError, type Token, tokensOf } from './tokens.ts';

/** Beyond this, parentheses are hostile. */
const MAX_DEPTH = 100;

/** Reads tokens from left to right; whatever is not as expected throws `invalid-rules` at its place. */
export class Cursor {
  readonly #tokens: Token[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#tokens = tokensOf(source);
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    return token ?? { kind: 'end', value: 'the end', line: 1, column: 1 };
  }

  next(): Token {
    const token = this.peek();
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  /** Whether the next token is this symbol or word. */
  is(value: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'symbol' || token.kind === 'word') && token.value === value;
  }

  /** `and`, `AND`: the words that may be written large. */
  isWord(word: string): boolean {
    return this.is(word) || this.is(word.toUpperCase());
  }

  /** Takes the symbol or word if it is next. */
  take(value: string): boolean {
    const isNext = this.is(value) || (/^\w+$/.test(value) && this.is(value.toUpperCase()));
    if (isNext) this.next();
    return isNext;
  }

  expect(value: string, where: string): void {
    if (!this.take(value)) throw this.unexpected(`\`${value}\` ${where}`);
  }

  takeKind(kind: Token['kind'], what: string): Token {
    if (this.peek().kind !== kind) throw this.unexpected(what);
    return this.next();
  }

  /** The items up to `]`, which may be none. */
  list<T>(item: () => T): T[] {
    this.expect('[', 'before the list');
    const items: T[] = [];
    while (!this.take(']')) {
      if (items.length > 0) this.expect(',', 'or `]` after an item of the list');
      items.push(item());
    }
    return items;
  }

  /** Runs what stands in parentheses, which may stand in parentheses. */
  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw rulesError(this.peek(), `more than ${MAX_DEPTH} parentheses in each other`);
    const result = read();
    this.#depth--;
    return result;
  }

  unexpected(wanted: string): SluiceError {
    const token = this.peek();
    return rulesError(token, `${wanted} is expected, not ${token.kind === 'end' ? 'the end' : JSON.stringify(token.value)}`);
  }
}
