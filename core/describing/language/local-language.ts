import type { LanguageService } from '../../ports/language.ts';
import { languageOf } from '../../quality/language.ts';
import { entitiesIn } from './entities.ts';
import { keyPhrasesIn } from './key-phrases.ts';
import { lexiconOf } from './lexicons.ts';
import { sentimentOf } from './sentiment.ts';
import { stopWordsOf } from './stop-words.ts';

/** Languages whose dates, countries and words for institutions are known. */
const NAMED = new Set(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']);

const SMALL_WORD = /(?<![\p{L}\p{N}])\p{Ll}{3,}/gu;

/** The built-in language service: word lists and rules, in the process, without a network. */
export const localLanguage: LanguageService = {
  language: async (text) => languageOf(text),
  async entities(texts, language) {
    if (!NAMED.has(language)) return undefined;
    const small = new Set(texts.flatMap((text) => text.match(SMALL_WORD) ?? []));
    return texts.map((text) => entitiesIn(text, language, (word) => small.has(word.toLowerCase())));
  },
  async keyPhrases(texts, language) {
    const stopWords = stopWordsOf(language);
    return stopWords && keyPhrasesIn(texts, stopWords);
  },
  async sentiment(texts, language) {
    const lexicon = lexiconOf(language);
    return lexicon && texts.map((text) => sentimentOf(text, lexicon));
  },
};
