/**
 * The rules' notation: words in a row. `a|b` is one of several, `_` a blank within one of them, `{NAME}` a list, `~3` up to
 * three words more, a leading `?` makes a word optional, `*` stands for the rest of a word. Text and phrases are lower case.
 */
export type Phrase = { source: string; firstWords: readonly string[] };

/** Letters and digits as plain ranges: Unicode's own classes take twenty milliseconds a pattern to compile. */
const LETTERS = '0-9a-z\\u00b5\\u00df-\\u02af\\u0370-\\u1fff\\u3040-\\ud7ff';
/** What may stand between two words: blanks and marks, no end of a sentence. */
const GAP = `[^${LETTERS}.!?;。]{1,6}`;
const REST = `(?:[${LETTERS}_]|['@.-](?=[${LETTERS}])){0,40}`;
/** A mark belongs to a word only between letters, so that there is one way to read a run of marks, and no backtracking. */
const ANY_WORD = `[${LETTERS}]${REST}`;

const escaped = (word: string): string => word.replace(/[.+?^${}()[\]\\/]/g, '\\$&');
const wordSource = (word: string): string => escaped(word).replaceAll('_', GAP).replaceAll('*', REST);

function alternativesOf(token: string, lists: Readonly<Record<string, string>>): string[] {
  return token.split('|').flatMap((part) => {
    const list = /^\{(\w+)\}$/.exec(part)?.[1];
    if (list === undefined) return [part];
    const words = lists[list];
    if (words === undefined) throw new Error(`there is no list ${list}`);
    return words.split(/\s+/).filter((word) => word !== '');
  });
}

/** `unless`: words that must not stand right behind it. */
export function phrase(text: string, lists: Readonly<Record<string, string>>, unless?: string): Phrase {
  const [first = '', ...rest] = text.split(' ');
  const firsts = alternativesOf(first, lists);
  const otherwise = unless === undefined ? '' : `(?!${partsOf(unless.split(' '), lists)}(?![${LETTERS}]))`;
  return {
    source: `(?:${firsts.map(wordSource).join('|')})${partsOf(rest, lists)}(?![${LETTERS}])${otherwise}`,
    firstWords: firsts.map((word) => /^[\p{L}\p{N}']+/u.exec(word)?.[0] ?? word),
  };
}

function partsOf(tokens: readonly string[], lists: Readonly<Record<string, string>>): string {
  const parts = tokens.map((token) => {
    const few = /^~(\d+)$/.exec(token)?.[1];
    if (few !== undefined) return `(?:${GAP}${ANY_WORD}){0,${few}}?`;
    const optional = token.startsWith('?');
    const source = `${GAP}(?:${alternativesOf(optional ? token.slice(1) : token, lists)
      .map(wordSource)
      .join('|')})`;
    return optional ? `(?:${source})?` : source;
  });
  return parts.join('');
}
