/** A `text` is a range of raw bytes, whose meaning depends on the font. A `word` may have no number. */
export type Token =
  | { kind: 'open' }
  | { kind: 'close' }
  | { kind: 'word'; name: string; value: number | undefined }
  | { kind: 'symbol'; symbol: string }
  | { kind: 'byte'; value: number }
  | { kind: 'text'; start: number; end: number };

const OPEN = 0x7b;
const CLOSE = 0x7d;
const BACKSLASH = 0x5c;
const QUOTE = 0x27;
const CR = 0x0d;
const LF = 0x0a;

const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isSpecial = (byte: number): boolean => byte === OPEN || byte === CLOSE || byte === BACKSLASH || byte === CR || byte === LF;

/** The tokens of an RTF file (specification 1.9.1, "Conventions of an RTF Reader"); binary data is passed over. */
export function* tokens(bytes: Uint8Array): Generator<Token> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? 'open' : 'close' };
      at++;
    } else if (byte === CR || byte === LF) at++;
    else if (byte === BACKSLASH) {
      const { token, end } = control(bytes, at + 1);
      yield token;
      at = token.kind === 'word' && token.name === 'bin' ? end + Math.max(0, token.value ?? 0) : end;
    } else {
      const start = at;
      while (at < bytes.length && !isSpecial(bytes[at] ?? 0)) at++;
      yield { kind: 'text', start, end: at };
    }
  }
}

function control(bytes: Uint8Array, start: number): { token: Token; end: number } {
  const first = bytes[start] ?? 0;
  if (first === QUOTE) {
    const digits = String.fromCharCode(bytes[start + 1] ?? 0, bytes[start + 2] ?? 0);
    if (/^[0-9a-f]{2}$/i.test(digits)) return { token: { kind: 'byte', value: Number.parseInt(digits, 16) }, end: start + 3 };
    return { token: { kind: 'symbol', symbol: "'" }, end: start + 1 };
  }
  if (!isLetter(first)) return { token: { kind: 'symbol', symbol: String.fromCharCode(first) }, end: start + 1 };
  let at = start;
  while (at - start < 32 && isLetter(bytes[at] ?? 0)) at++;
  const name = String.fromCharCode(...bytes.subarray(start, at));
  const digitsAt = at;
  if (bytes[at] === 0x2d && isDigit(bytes[at + 1] ?? 0)) at++;
  while (at - digitsAt < 11 && isDigit(bytes[at] ?? 0)) at++;
  const value = at > digitsAt ? Number(String.fromCharCode(...bytes.subarray(digitsAt, at))) : undefined;
  // One blank ends the word and belongs to it.
  return { token: { kind: 'word', name, value }, end: bytes[at] === 0x20 ? at + 1 : at };
}
