import { isFigure } from './figures.ts';
import type { Finder } from './finder.ts';

/**
 * What a match of a pattern lies within: figures beside each other; figures and what stands between groups of them, as in a telephone
 * number; one word of letters and figures; or anything. Read from the pattern itself, so that a stretch of text with too few figures
 * in any of these is passed over.
 */
export type Reach = 'number' | 'figures' | 'word' | 'any';

const NUMBER = /^\d+$/;
const WORD = /^[\dA-Za-z_\u0080-\uffff]+$/;
const FIGURES = /^[\d ./()+-]+$/;
const AROUND = /^\(\?<?[=!]/;
const GROUP = /^\((?:\?:|\?<\w+>)?/;
/** What stands for no character: borders, numbers of repeats, what a group had. */
const NOTHING = /^(?:[)|^$*+?]|\{[\d,]+\}|\\[bB1-9]|\\k<\w+>)/;
const SET = /^\[(?:\\.|[^\]\\])*\]/;
const ONE = /^\\?[\s\S]/u;
const PROPERTY = /^\\p\{(?:L|Lu|Ll|M|N)\}/;
const RANGE = /(?:[0-9]-[0-9]|[A-Z]-[A-Z]|[a-z]-[a-z])/g;

const closing = (source: string): number => {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '[') i += (SET.exec(source.slice(i))?.[0].length ?? 1) - 1;
    else if (source[i] === '(') depth++;
    else if (source[i] === ')' && --depth === 0) return i + 1;
  }
  return source.length;
};

/** One of each kind of character that a set or an escape stands for; a line's end where it may be anything. */
function examples(atom: string): string {
  const plain = atom
    .replace(/\\p\{(?:L|Lu|Ll|M|N)\}/g, 'x')
    .replace(/\\w/g, '_')
    .replace(/\\d/g, '0');
  if (/^\[\^|\\[a-zA-Z]/.test(plain) || atom === '.') return '\n';
  const members = plain.startsWith('[') ? plain.slice(1, -1).replace(RANGE, (range) => range[0] ?? '') : plain;
  return members.replace(/\\(.)/g, '$1');
}

/** The next part of a pattern, and examples of the characters that it takes in. */
function nextPart(source: string): { part: string; takes: string } {
  if (AROUND.test(source)) return { part: source.slice(0, closing(source)), takes: '' };
  const [nothing] = NOTHING.exec(source) ?? GROUP.exec(source) ?? [];
  if (nothing !== undefined) return { part: nothing, takes: '' };
  const [part = source] = SET.exec(source) ?? PROPERTY.exec(source) ?? ONE.exec(source) ?? [];
  return { part, takes: examples(part) };
}

/** The characters that a pattern takes in, by example. */
function taken(source: string): string {
  let found = '';
  for (let rest = source; rest !== ''; ) {
    const { part, takes } = nextPart(rest);
    found += takes;
    rest = rest.slice(part.length);
  }
  return found;
}

export function reachOf({ source }: RegExp): Reach {
  const characters = taken(source);
  if (NUMBER.test(characters)) return 'number';
  if (WORD.test(characters)) return 'word';
  return FIGURES.test(characters) ? 'figures' : 'any';
}

/** What tells where a pattern may fit in a stretch of text: the most that it has of each. */
export type Figures = {
  /** Figures in all, with nothing but blanks and signs between them, and beside each other. */
  any: number;
  figures: number;
  number: number;
  /** Characters of one word, and without a blank. */
  word: number;
  unbroken: number;
};

const isLetter = (code: number): boolean => ((code | 32) >= 97 && (code | 32) <= 122) || code === 95 || code >= 128;
const SEPARATES = Uint8Array.from({ length: 128 }, (_, code) => (' ./()+-'.includes(String.fromCharCode(code)) ? 1 : 0));

export function figuresOf(text: string): Figures {
  const most: Figures = { any: 0, figures: 0, number: 0, word: 0, unbroken: 0 };
  let [figures, number, word, unbroken] = [0, 0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    unbroken = code <= 32 ? 0 : unbroken + 1;
    if (unbroken > most.unbroken) most.unbroken = unbroken;
    if (isFigure(code)) {
      most.any++;
      if (++figures > most.figures) most.figures = figures;
      if (++number > most.number) most.number = number;
      word++;
    } else {
      number = 0;
      if (SEPARATES[code] !== 1) figures = 0;
      word = isLetter(code) ? word + 1 : 0;
    }
    if (word > most.word) most.word = word;
  }
  return most;
}

/** Whether a stretch has what a finder's matches have at least. */
export function mayFit({ digits, unbroken = 0 }: Pick<Finder, 'digits' | 'unbroken'>, reach: Reach, most: Figures): boolean {
  const inWord = reach === 'word' || reach === 'number';
  return digits <= (reach === 'word' ? most.any : most[reach]) && unbroken <= (inWord ? most.word : most.unbroken);
}
