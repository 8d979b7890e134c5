import type { Recogniser } from '#schemas/pii.ts';

/** A stretch of personal data, as UTF-16 offsets, end exclusive. */
export type Span = { start: number; end: number; type: string; score: number };

/** Personal data found by a service outside the process: the one detector that sees what is not masked yet. */
export type PersonalDataFinder = {
  /**
   * The spans in each text, in order and without overlaps; the texts are parts of one document, in reading order. Undefined:
   * the service does not know the language (ISO 639-1; undefined: not told). Throws a retryable error while out of reach.
   */
  find(texts: readonly string[], language: string | undefined): Promise<Span[][] | undefined>;
  /** What recognisers of the organisation's own find, in the same form; absent where none can be reached. */
  recognise?(texts: readonly string[], recognisers: readonly Recogniser[]): Promise<Span[][]>;
};
