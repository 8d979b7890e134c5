import type { LanguageService } from '../../ports/language.ts';
import { languageOf } from '../../quality/language.ts';
import { entitiesIn } from './entities.ts';
import { keyPhrasesIn } from './key-phrases.ts';
import { lexiconOf } from './lexicons.ts';
import { sentimentOf } from './sentiment.ts';
import { stopWordsOf } from './stop-words.ts';

/** Languages whose dates, countries and words for institutions are known. */
const NAMED = new Set(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']);

/** The built-in language service: word lists and rules, in the process, without a network. */
export const localLanguage: LanguageService = {
  language: async (text) => languageOf(text),
  entities: async (texts, language) => (NAMED.has(language) ? texts.map((text) => entitiesIn(text, language)) : undefined),
  async keyPhrases(texts, language) {
    const stopWords = stopWordsOf(language);
    return stopWords && keyPhrasesIn(texts, stopWords);
  },
  async sentiment(texts, language) {
    const lexicon = lexiconOf(language);
    return lexicon && texts.map((text) => sentimentOf(text, lexicon));
  },
};
