/** Letters that no accent makes, as they are written where they are not at hand. */
const PLAIN: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th' };
/** What else some are written out as: `Müller` is Mueller in one file and Muller in another. */
const OUT: Readonly<Record<string, string>> = { ...PLAIN, ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
const SPECIAL = new RegExp(`[${Object.keys(OUT).join('')}]`, 'g');

/**
 * A text in the alphabets in which its names may be written elsewhere: as it is first, then others, if it has letters that differ in
 * them. Two texts are compared writing by writing, so that `Bauer` and `Baur` stay two names.
 */
export function writingsOf(text: string): readonly [string, string, string] {
  const lower = text.normalize('NFC').toLowerCase();
  const written = (letters: Readonly<Record<string, string>>): string => lower.replace(SPECIAL, (letter) => letters[letter] ?? letter);
  return lower.search(SPECIAL) < 0 ? [text, text, text] : [text, written(PLAIN), written(OUT)];
}

const SUFFIX = 9;
/** National numbers that are shorter are not told by their last figures where a country or a zero stands before. */
const SHORTEST_NATIONAL = 7;
const COUNTRY = 3;

/** What a phone number is known by, with its country or without: its last figures, or a short national number alone. */
export function phoneForms(value: string): string[] {
  const text = value.normalize('NFKC');
  const digits = text.replace(/\D/g, '');
  const isAbroad = /^\D*(?:\+|00)/.test(text);
  const bare = digits.replace(/^0+/, '');
  const national = isAbroad ? Array.from({ length: COUNTRY }, (_, i) => bare.slice(i + 1)) : [bare];
  const short = national.filter((one) => one.length >= SHORTEST_NATIONAL && one.length < SUFFIX && !one.startsWith('0'));
  return [...new Set([digits.slice(-SUFFIX), ...short])];
}
