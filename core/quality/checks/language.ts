import { limits } from '../check.ts';
import type { TextCheck } from '../subject.ts';

/** Whether it is in a language that the source expects. One that cannot be told is no fault. */
export const language: TextCheck = {
  name: 'language',
  limits: limits({ weight: 2, warn: 0.5, hold: 0.5 }),
  judge({ language: told, quality: { languages } }) {
    if (languages.length === 0) return undefined;
    const wanted = told === undefined || languages.includes(told.slice(0, 2));
    const score = wanted ? 1 : 0;
    return {
      score,
      message:
        told === undefined ? 'it cannot be told' : `${told}, and ${languages.join(', ')} ${languages.length > 1 ? 'are' : 'is'} expected`,
    };
  },
};
