/**
 * One kind of personal data. A table of these is all that the engine knows of kinds: what a pattern finds is taken where its
 * check holds and it is sure enough, by itself or by the words around it.
 */
export type Finder = {
  /** What it is called in the masked text and in the settings. */
  type: string;
  /** Global, with bounded repeats alone, so that hostile text costs no more than other text. A group `id` is what is masked. */
  pattern: RegExp;
  /** Whether what was found is well formed: its check digits, its dates, its numbering plan. */
  valid?: (found: string) => boolean;
  /** How sure the shape and the check alone make it: below `ENOUGH` it needs words around it, or to stand alone. */
  score: number;
  /** Words around it that say what it is, in any language. */
  context?: Words;
  /** How sure it is where it is all of a text, as in a form's field. */
  alone?: number;
  /** Words just before it that say that it is something else. */
  unless?: WordTest;
  /** The same of what follows. */
  unlessBefore?: WordTest;
  /** Digits that what is found has at least; 0: it may have none, and is looked for in all of a text. */
  digits: number;
  /** Characters without a blank that what is found has at least. */
  unbroken?: number;
  /** Strings, in small letters, of which the text or its hint has one if it holds any. Absent: it is looked for everywhere. */
  triggers?: readonly string[];
  /** A part of it that is quicker to look for than all of it. */
  sign?: RegExp;
};

/** From this score on a finding is masked. */
export const ENOUGH = 0.5;
export const IN_CONTEXT = 0.9;

/** Tells whether a text has one of several words. */
export type WordTest = { test(text: string): boolean };
/** Tells also where the last of them begins; -1: there is none. */
export type Words = WordTest & { lastIn(text: string): number };

/** Of scripts that put no blank between words: `联系电话`. */
const UNPARTED = /^[\u3040-\u30ff\u3400-\u9fff]/;

function patternOf(all: readonly string[]): RegExp {
  const parted = all.filter((word) => !UNPARTED.test(word)).join('|');
  const begun = parted === '' ? [] : [`(?<![\\p{L}\\p{N}])(?:${parted})`];
  return new RegExp([...begun, ...all.filter((word) => UNPARTED.test(word))].join('|'), 'giu');
}

/** Words as a word begins with them, in any case. The pattern is made when it is first asked: most are in no run. */
export function words(...all: readonly string[]): Words {
  let pattern: RegExp | undefined;
  const fromStart = (): RegExp => {
    pattern ??= patternOf(all);
    pattern.lastIndex = 0;
    return pattern;
  };
  return {
    test: (text) => fromStart().test(text),
    lastIn(text) {
      const found = fromStart();
      let last = -1;
      for (let match = found.exec(text); match !== null; match = found.exec(text)) last = match.index;
      return last;
    },
  };
}
