import { wordsApart } from './lost-borders.ts';

/** Letters of other alphabets that look like Latin ones. */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'аa',
    'еe',
    'оo',
    'рp',
    'сc',
    'уy',
    'хx',
    'іi',
    'ѕs',
    'јj',
    'ԁd',
    'һh',
    'ԛq',
    'ԝw',
    'кk',
    'мm',
    'тt',
    'вb',
    'нh',
    'αa',
    'εe',
    'ο' + 'o',
    'ρp',
    'ιi',
    'κk',
    'νv',
    'υu',
    'τt',
    'ηn',
    'ɡg',
    'ıi',
    'ⅼl',
  ].map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };

const MIXED_SCRIPTS = /(?<!\p{L})(?=[\p{L}]*[a-z])(?=[\p{L}]*[\u0370-\u03ff\u0400-\u052f\u0261\u0131])\p{L}{3,}/gu;
/** A letter on both sides of what stands for one; a number with its unit or a part number is none. */
const LEET_WORD = /(?<![\p{L}\p{N}@$])(?=[a-z0-9@$!]*[a-z])(?=[a-z0-9@$!]*[013457@$])[a-z0-9@$!]{4,20}(?![\p{L}\p{N}@$.])/gu;
const APART = '[ ._*·•|/~,+-]';
const SPACED = new RegExp(`(?<!\\p{L})(?:\\p{L}${APART}){5,}\\p{L}(?!\\p{L})`, 'gu');
/** Beside a long word whose letters stand apart, short ones are written like it. */
const SPACED_SHORT = new RegExp(`(?<!\\p{L})(?:\\p{L}${APART})+\\p{L}(?!\\p{L})`, 'gu');
const ALL_APART = new RegExp(APART, 'g');
/** So many letters are more than one word. */
const LONG_WORD = 14;

/** Letters in other shapes: full width, mathematical, circled, squared, raised and lowered. */
const SHAPES =
  /[\uff01-\uff5e\u{1d400}-\u{1d7ff}\u249c-\u24e9\u{1f110}-\u{1f149}\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d78\u1d9b-\u1dbf\u2071\u207f\u2090-\u209c\u210a-\u2134\u2c7c]/u;
const SMALL_CAPITALS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ'].map((letter, i) => [letter, 'abcdefghijklmnoprstuvwyz'.charAt(i)]),
);
const SMALL = /[\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u1d00-\u1d22\ua730\ua731]/g;
/** Nothing is drawn for these. */
const UNDRAWN = /\p{Default_Ignorable_Code_Point}+/gu;
/** Strokes and dots that go with a letter to no letter of any language. */
const STRAY_MARKS = /(?<=[a-z\u00df-\u024f])[\p{Mn}\p{Me}]+/gu;
/** Marks of their own, by ranges: a text without any is told at once. */
const MARKED = /[\u0300-\u036f]|[\u0483-\u0489]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]/;
const ACCENTED = /[\u00e0-\u017f\u01cd-\u024f\u1e00-\u1eff]/;

/** What a disguised text says in plain letters, and how many words were disguised. Offsets are lost. */
export function undisguise(lower: string): { text: string; disguised: number } {
  let disguised = 0;
  const counted = (change: (word: string) => string) => (word: string) => {
    disguised++;
    return change(word);
  };
  let text = lower.replace(
    UNDRAWN,
    counted(() => ''),
  );
  if (SHAPES.test(text)) text = counted((all) => all.normalize('NFKC').toLowerCase())(text);
  text = text.replace(
    SMALL,
    counted((letter) => SMALL_CAPITALS[letter] ?? letter),
  );
  if (MARKED.test(text))
    text = text.normalize('NFC').replace(
      STRAY_MARKS,
      counted(() => ''),
    );
  if (/[\u0261\u0131\u0370-\u03ff\u0400-\u052f]/.test(text))
    text = text.replace(
      MIXED_SCRIPTS,
      counted((word) => word.replace(/[^a-z]/g, (letter) => LOOKALIKES[letter] ?? letter)),
    );
  text = text.replace(
    LEET_WORD,
    counted((word) => word.replace(/[013457@$!]/g, (digit) => LEET[digit] ?? digit)),
  );
  if (!SPACED.test(text)) return { text, disguised };
  SPACED.lastIndex = 0;
  // Words are told apart by double blanks, or another mark than their letters; where they are not, by what words there are.
  text = text.replace(
    SPACED_SHORT,
    counted((word) => together(word)),
  );
  return { text, disguised };
}

/** A blank among other marks stands between words. */
function together(word: string): string {
  const parts = /[^\p{L} ]/u.test(word) ? word.split(' ') : [word];
  return parts.map((part) => lettersOf(part.replace(ALL_APART, ''))).join(' ');
}

const lettersOf = (letters: string): string => (letters.length > LONG_WORD ? wordsApart(letters) : letters);

/** A text without its accents; undefined where it has none. */
export function withoutAccents(text: string): string | undefined {
  return ACCENTED.test(text)
    ? text
        .normalize('NFD')
        .replace(/(?<=[a-z])\p{Mn}+/gu, '')
        .normalize('NFC')
    : undefined;
}
