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
const SPACED = /(?<!\p{L})(?:\p{L}[ ._*-]){5,}\p{L}(?!\p{L})/gu;
const FULL_WIDTH = /[\uff01-\uff5e\u{1d400}-\u{1d7ff}\u24b6-\u24e9]/u;

/** What a disguised text says in plain letters, and how many words were disguised. Offsets are lost. */
export function undisguise(lower: string): { text: string; disguised: number } {
  let disguised = 0;
  const counted = (change: (word: string) => string) => (word: string) => {
    disguised++;
    return change(word);
  };
  let text = FULL_WIDTH.test(lower) ? counted((all) => all.normalize('NFKC').toLowerCase())(lower) : lower;
  if (/[\u0261\u0131\u0370-\u03ff\u0400-\u052f]/.test(text))
    text = text.replace(
      MIXED_SCRIPTS,
      counted((word) => word.replace(/[^a-z]/g, (letter) => LOOKALIKES[letter] ?? letter)),
    );
  text = text.replace(
    LEET_WORD,
    counted((word) => word.replace(/[013457@$!]/g, (digit) => LEET[digit] ?? digit)),
  );
  // Words are told apart by double blanks; where they are not, only the phrases that are written in one find them.
  text = text.replace(
    SPACED,
    counted((word) => word.replace(/[ ._*-]/g, '')),
  );
  return { text, disguised };
}
