import { isBlank, STRENGTH, type Strength } from './atoms.ts';

/** Words whose dot ends no sentence, lower case, of the languages that business documents here are mostly in. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof sr jr st vs etc eg ie e.g i.e cf al fig figs eq no nos vol pp ed eds inc ltd co corp dept approx est gen gov sen rep rev ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k a.m p.m ' +
    'bzw z.b d.h u.a usw vgl ca nr abs art str evtl ggf inkl zzgl mio mrd hr fr dipl ing bspw sog v.a i.d.r u.ä o.ä ' +
    'm mme mlle p.ex env sté éd sra srta ud uds ee.uu núm pág dña sig sig.ra dott avv n'
  ).split(' '),
);

/** The longest run of characters that is looked back at for the word before a dot. */
const LONGEST_ABBREVIATION = 8;

const isTerminator = (code: number): boolean => code === 0x2e || code === 0x21 || code === 0x3f || code === 0x2026 || code === 0x203d;
/** Terminators of scripts that set no blank after them. */
const isWideTerminator = (code: number): boolean =>
  code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0xff61 || code === 0x0964 || code === 0x06d4 || code === 0x061f;
const CLOSERS = new Set([...`"'”’»)]}」』）】〉》*_`].map((c) => c.charCodeAt(0)));
const isClause = (code: number): boolean =>
  code === 0x2c || code === 0x3b || code === 0x3a || code === 0x2013 || code === 0x2014 || code === 0x7c;
const isWideClause = (code: number): boolean => code === 0xff0c || code === 0x3001 || code === 0xff1b || code === 0xff1a;

type Found = (at: number, strength: Strength) => void;

/** Calls `found` for each place in `[start, end)` where a sentence or a line begins, but for the first. Linear. */
export function sentenceBorders(text: string, start: number, end: number, found: Found): void {
  for (let i = start; i < end; ) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) i = lineBorder(text, i, end, found);
    else if (isTerminator(code)) i = dotBorder(text, i, start, end, found);
    else if (isWideTerminator(code)) {
      i = skipBlanks(text, skipClosers(text, i + 1, end), end);
      if (i < end) found(i, STRENGTH.sentence);
    } else if (code === 0x5c) i = escapedLineBorder(text, i, end, found);
    else i += 1;
  }
}

/** A line end parts sentences unless the next line goes on in lower case, as wrapped lines do. */
function lineBorder(text: string, at: number, end: number, found: Found): number {
  const next = skipBlanks(text, at, end);
  if (next < end && !isLower(text, next)) found(next, STRENGTH.line);
  return next;
}

function dotBorder(text: string, at: number, start: number, end: number, found: Found): number {
  let after = at + 1;
  while (after < end && isTerminator(text.charCodeAt(after))) after++;
  const closed = skipClosers(text, after, end);
  if (closed >= end || !isBlank(text.charCodeAt(closed))) return closed;
  const next = skipBlanks(text, closed, end);
  const lineEnds = text.slice(closed, Math.min(next, closed + 80)).includes('\n');
  if (next < end && !isLower(text, next) && (lineEnds || after > at + 1 || !isAbbreviation(text, start, at)))
    found(next, lineEnds ? STRENGTH.line : STRENGTH.sentence);
  return next;
}

/** Serialised text (logs, dumps) has `\n` for its line ends. */
function escapedLineBorder(text: string, at: number, end: number, found: Found): number {
  if (text.charCodeAt(at + 1) !== 0x6e) return at + 2;
  let next = at + 2;
  while (text.startsWith('\\n', next)) next += 2;
  next = skipBlanks(text, next, end);
  if (next < end && !isLower(text, next)) found(next, STRENGTH.line);
  return next;
}

/** Calls `found` for each place where a clause or a word begins, but for the first; for sentences too long for a chunk. */
export function wordBorders(text: string, start: number, end: number, found: Found): void {
  let clause = false;
  for (let i = start; i < end; ) {
    const code = text.charCodeAt(i);
    if (isBlank(code)) {
      i = skipBlanks(text, i, end);
      if (i < end) found(i, clause ? STRENGTH.clause : STRENGTH.word);
      clause = false;
    } else {
      i += 1;
      if (isWideClause(code) && i < end && !isBlank(text.charCodeAt(i))) found(i, STRENGTH.clause);
      clause = isClause(code) || isWideClause(code) || (clause && CLOSERS.has(code));
    }
  }
}

export function skipBlanks(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && isBlank(text.charCodeAt(i))) i++;
  return i;
}

function skipClosers(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && CLOSERS.has(text.charCodeAt(i))) i++;
  return i;
}

function isLower(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return code >= 97 && code <= 122;
  const character = text[at] ?? '';
  return character !== character.toUpperCase();
}

/** Whether the word before the dot is a known abbreviation or a single letter, as in initials. */
function isAbbreviation(text: string, start: number, dot: number): boolean {
  let from = dot;
  while (from > start && dot - from <= LONGEST_ABBREVIATION && !isBlank(text.charCodeAt(from - 1))) from--;
  if (dot - from > LONGEST_ABBREVIATION) return false;
  const word = text.slice(from, dot).replace(/^[("'“‘«[]+/, '');
  if (/^\p{Lu}$/u.test(word)) return true;
  return ABBREVIATIONS.has(word.toLowerCase());
}
