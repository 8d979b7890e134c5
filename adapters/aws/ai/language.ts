import type { LanguageService } from '#core/ports/language.ts';
import type { AwsContext } from '../context.ts';
import { callServiceOf, homeRegion } from './call-service.ts';
import { comprehendLanguage } from './comprehend-language.ts';

const comprehend = (context: AwsContext): LanguageService =>
  comprehendLanguage({ budget: context.config.budgets.comprehend, home: homeRegion(), callService: callServiceOf(context) });

/** The language service that `describe` asks; undefined where the configuration asks none. */
export const describerOf = (context: AwsContext): LanguageService | undefined =>
  context.config.describing.service === 'comprehend' ? comprehend(context) : undefined;

/** The language service; undefined where the configuration asks none. */
export const languageOf = (context: AwsContext): LanguageService | undefined =>
  context.config.quality.languageDetector === 'local' ? undefined : comprehend(context);
