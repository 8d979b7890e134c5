import type { LanguageService } from '#core/ports/language.ts';
import type { AwsContext } from '../context.ts';
import { callServiceOf, homeRegion } from './call-service.ts';
import { comprehendLanguage } from './comprehend-language.ts';

/** The language service; undefined where the configuration asks none. */
export const languageOf = (context: AwsContext): LanguageService | undefined =>
  context.config.quality.languageDetector === 'local'
    ? undefined
    : comprehendLanguage({ budget: context.config.budgets.comprehend, home: homeRegion(), callService: callServiceOf(context) });
