const WORDS: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  lbr: '\n',
  softline: '\n',
  emdash: '—',
  endash: '–',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  zwj: '\u200D',
  zwnj: '\u200C',
  zwbo: '',
  zwnbo: '',
  ltrmark: '\u200E',
  rtlmark: '\u200F',
};

const SYMBOLS: Readonly<Record<string, string>> = { '~': '\u00A0', '-': '\u00AD', _: '\u2011', '\\': '\\', '{': '{', '}': '}', '\t': '\t' };

/** The character that a control word stands for; undefined: it stands for none. */
export const charOfWord = (word: string): string | undefined => (Object.hasOwn(WORDS, word) ? WORDS[word] : undefined);
export const charOfSymbol = (symbol: string): string | undefined => (Object.hasOwn(SYMBOLS, symbol) ? SYMBOLS[symbol] : undefined);

/** The character of a `\u` word: a signed 16-bit number, or by some writers an unsigned or a longer one. */
export function charOfNumber(value: number): string {
  const unit = value < 0 ? value + 0x10000 : value;
  if (unit < 0 || unit > 0x10ffff) return '\uFFFD';
  // Symbol fonts keep their bullets in the private area.
  return unit === 0xf0b7 || unit === 0xf0a7 ? '•' : String.fromCodePoint(unit);
}
