import type { Config } from '#schemas/config.ts';
import { SluiceError } from '../errors.ts';
import type { PersonalDataFinder, Span } from '../ports/pii.ts';
import { findPersonalData } from './find-personal-data.ts';
import { mergeSpans } from './merge-spans.ts';

/**
 * Personal data in the texts of one document, found by what the configuration names. A service that does not know the language
 * leaves it to the built-in finders: a text is never passed on unlooked at.
 */
export async function personalDataIn(
  texts: readonly string[],
  language: string | undefined,
  detector: Config['pii']['detector'],
  finder: PersonalDataFinder | undefined,
): Promise<Span[][]> {
  const local = () => texts.map((text) => findPersonalData(text));
  if (detector === 'local') return local();
  if (!finder)
    throw new SluiceError('invalid-config', `finding personal data: pii.detector is ${detector}, and this function has no such service`);
  const found = await finder.find(texts, language);
  if (!found) return local();
  return detector === 'both' ? local().map((spans, i) => mergeSpans(spans, found[i] ?? [])) : found;
}
