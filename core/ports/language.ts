/** A stretch of a text, as UTF-16 offsets, end exclusive; `score` says how sure the service is (0..1). */
export type Phrase = { start: number; end: number; score: number };
export type Entity = Phrase & { type: string };
/** Shares that add up to one. */
export type Sentiment = { positive: number; negative: number; neutral: number; mixed: number };

/**
 * What a language service tells about texts of any length. `language` may see text that is not masked yet, the others never do. An
 * answer of undefined means that it does not know the language (ISO 639-1). Throws a retryable error while out of reach.
 */
export type LanguageService = {
  /** ISO 639-1 where there is one; undefined: the text is too short to tell. */
  language(text: string): Promise<string | undefined>;
  /** For each text, in order. */
  entities(texts: readonly string[], language: string): Promise<Entity[][] | undefined>;
  keyPhrases(texts: readonly string[], language: string): Promise<Phrase[][] | undefined>;
  sentiment(texts: readonly string[], language: string): Promise<Sentiment[] | undefined>;
};
