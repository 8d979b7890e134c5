import type { Stretch } from './stretch.ts';

/** Before and behind the words, on their line, marks are looked for so far. */
const REACH = 240;
/** And so far from a mention an order to obey it takes its excuse. */
const NEAR = 300;

/** In lower case, in which curved marks are plain ones. */
const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['„', '"'],
  ['«', '»'],
  ['»', '«'],
];

/** What calls the words that follow words: a phrase, a line on a sign, an example; and others of the same kind in between. */
const PRESENTS = new RegExp(
  `(?<![\\p{L}-])(?:${[
    'phrases?|sentences?|words?|wordings?|lines?|texts?|strings?|slogans?|captions?|quotes?|examples?|subject lines?|payloads?|tags?|tokens?|markers?|titles?',
    'e\\. ?g\\.|for instance|such as|called|titled|reads?|reading|printed|wrote|writes|writing|said|saying|explained|typed|(?<!(?:system|developer|admin|administrator|operator|owner|user|prompt|you) )says',
    'satz|sätze|wort|worte|worten|wörter|text|formulierung|zeile|beispiel|beispiele|spruch|z\\. ?b\\.|lautete?|hieß|stand|steht|gedruckt|schrieb|sagte|erklärte',
    'phrase|mots|texte|exemple|frase|palabras|texto|ejemplo|parole|testo|esempio',
  ].join(
    '|',
  )})(?: (?:like|is|was|are|were|as|that))?\\s?[:,(]?\\s?(?:(?:"[^"\\n]{1,80}"|\`[^\`\\n]{1,80}\`|'[^'\\n]{1,80}'),?(?: (?:and|or|und|oder|et|y|e))? ){0,5}$`,
  'u',
);
/** Or behind them: `is printed on a T-shirt`, `is the tag that …`. */
const IS_WORDS =
  /^,? (?:is|was|are|were|ist|war|est|es|è)(?: (?:just|only|not|never|often|nur))? (?:(?:a|an|the|ein|eine|das|der|die|une?|una?|la|le|el) )?(?:\w+ )?(?:printed|written|quoted|phrase|sentence|slogan|example|tag|token|marker|delimiter|string|satz|spruch|beispiel|gedruckt|geschrieben)(?!\p{L})/u;
/** An argument of a call, an entry of a list in a program. */
const CALLED_WITH = /[\w\])][([](?:[^()\n]{0,80},)?\s?[a-z]?$/;
const CALL_GOES_ON = /^\s?[,)\]]/;

/** Who turns to the reader outside of the words, and wants them obeyed, mentions nothing. */
const OBEY = new RegExp(
  `(?:^|[.!?:;,\\n]\\s*|(?<!\\p{L})(?:please|now|must|should|shall|then|and|you|will|bitte|sie)\\s)(?:${[
    '(?:follow|obey|execute|enact|perform|apply|implement|carry out|comply|act on|act accordingly|treat (?:it|this|that|the)|do (?:what|as|so|exactly|it|this|that))(?!\\p{L})',
    '(?:assistant|ai|model|llm|chatbot|chatgpt|claude|gemini|copilot|assistent|modell)\\s?[,:—-]',
    '(?:befolge|befolgen|gehorche|führe|handle danach|tu|tue)(?!\\p{L})',
    '(?:suis|suivez|obéis|exécute|obedece|ejecuta|sigue|esegui|segui)(?!\\p{L})',
  ].join(
    '|',
  )})|(?<!\\p{L})(?:your|ihre?|deine?) (?:new |next |only |real |neue )?(?:task|job|order|orders|instructions?|command|aufgabe)(?!\\p{L})`,
  'u',
);

/** Where the words stand that a hit is part of, if they are called words: quoted and presented as such, or an argument of code. */
export function mentionAt(lower: string, { start, end }: Stretch): Stretch | undefined {
  const tag = { start, end };
  if (IS_WORDS.test(lower.slice(end, end + REACH))) return isObeyed(lower, tag) ? undefined : tag;
  const line = (
    lower
      .slice(Math.max(0, start - REACH * 4), start)
      .split('\n')
      .at(-1) ?? ''
  ).slice(-REACH * 4);
  const after = lower.slice(end, end + REACH).split('\n')[0] ?? '';
  for (const [open, close] of PAIRS) {
    const until = after.indexOf(close);
    const at = until < 0 ? -1 : openAt(line, open, close);
    if (at < 0 || line.length - at > REACH) continue;
    const [before, behind] = [line.slice(0, at), after.slice(until + close.length)];
    const isPresented = PRESENTS.test(before) || IS_WORDS.test(behind) || (CALLED_WITH.test(before) && CALL_GOES_ON.test(behind));
    const quote = { start: start - (line.length - at), end: end + until + close.length };
    if (isPresented && !isObeyed(lower, quote)) return quote;
  }
  return undefined;
}

/** Whether somebody near, outside of the words, wants them obeyed. */
export function isObeyed(lower: string, { start, end }: Stretch): boolean {
  return OBEY.test(lower.slice(Math.max(0, start - NEAR), start)) || OBEY.test(lower.slice(end, end + NEAR));
}

/** Where the mark stands that is open at the end of a line, which another before it could have closed. */
function openAt(line: string, open: string, close: string): number {
  let at = -1;
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i);
    // A mark within a word is an apostrophe.
    if (at < 0) at = char === open && !/[\p{L}\p{N}]/u.test(line.charAt(i - 1)) ? i : -1;
    else if (char === close && (open !== "'" || !/\p{L}/u.test(line.charAt(i + 1)))) at = -1;
  }
  return at;
}
