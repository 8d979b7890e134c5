import { SluiceError } from '../errors.ts';
import type { Position } from './ast.ts';

export type Token = Position & {
  kind: 'word' | 'text' | 'number' | 'symbol' | 'constant' | 'end';
  /** What it says: of a text without its quotes and escapes, of a constant without `$`. */
  value: string;
};

/** `invalid-rules`, with the line and the column that are at fault. */
export const rulesError = ({ line, column }: Position, message: string): SluiceError =>
  new SluiceError('invalid-rules', `line ${line}, column ${column}: ${message}`);

const SYMBOLS = ['!=', '>=', '<=', '=', '>', '<', '[', ']', '(', ')', ',', '+', '-', '*', '/'];
const SPACE = /(?:\s+|#[^\n]*)+/y;
const TEXT = /"(?:\\["\\]|[^"])*"/y;
const NUMBER = /\d+(?:\.\d+)?(?![A-Za-z0-9_.])/y;
const WORD = /[A-Za-z0-9_.]+/y;
const CONSTANT = /\$[A-Za-z0-9_]+/y;

/** `\"` and `\\` are escapes, any other backslash is itself: regular expressions are written as they are. */
const unescaped = (quoted: string): string => quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');

const matchAt = (pattern: RegExp, source: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
};

function tokenAt(source: string, at: number, position: Position): { token: Token; length: number } {
  const found = (kind: Token['kind'], raw: string, value = raw) => ({ token: { kind, value, ...position }, length: raw.length });
  const quoted = matchAt(TEXT, source, at);
  if (quoted !== undefined) return found('text', quoted, unescaped(quoted));
  if (source[at] === '"') throw rulesError(position, 'a quote is opened and never closed');
  const number = matchAt(NUMBER, source, at);
  if (number !== undefined) return found('number', number);
  const word = matchAt(WORD, source, at);
  if (word !== undefined) return found('word', word);
  const constant = matchAt(CONSTANT, source, at);
  if (constant !== undefined) return found('constant', constant, constant.slice(1));
  const symbol = SYMBOLS.find((one) => source.startsWith(one, at));
  if (symbol !== undefined) return found('symbol', symbol);
  throw rulesError(position, `${JSON.stringify(String.fromCodePoint(source.codePointAt(at) ?? 0))} has no meaning here`);
}

/** The tokens of a ruleset, `end` last; white space and `#` comments are left out. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = source.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let lineStart = at;
  const advance = (raw: string): void => {
    for (let i = raw.indexOf('\n'); i !== -1; i = raw.indexOf('\n', i + 1)) {
      line++;
      lineStart = at + i + 1;
    }
    at += raw.length;
  };
  for (;;) {
    advance(matchAt(SPACE, source, at) ?? '');
    const position = { line, column: at - lineStart + 1 };
    if (at >= source.length) return [...tokens, { kind: 'end', value: 'the end', ...position }];
    const { token, length } = tokenAt(source, at, position);
    tokens.push(token);
    advance(source.slice(at, at + length));
  }
}
