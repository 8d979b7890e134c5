import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import type { LanguageService } from '../ports/language.ts';
import { proseSample } from './language.ts';

/** The language that a document is judged by: a service's where the configuration asks one and it can tell, else the extracted one. */
export async function languageToJudge(
  extracted: Extracted,
  { languageDetector, languages }: Config['quality'],
  service: LanguageService | undefined,
): Promise<string | undefined> {
  const { language } = extracted.metadata;
  if (languageDetector === 'local' || languages.length === 0) return language;
  if (!service)
    throw new SluiceError(
      'invalid-config',
      `telling the language: quality.languageDetector is ${languageDetector}, and this function has no such service`,
    );
  return (await service.language(proseSample(extracted))) ?? language;
}
