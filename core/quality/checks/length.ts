import { limits } from '../check.ts';
import type { TextCheck } from '../subject.ts';

/** A page that carries fewer characters only was scanned or drawn. */
const CHARACTERS_OF_PAGE = 10;

/** Whether there is as much text as the source expects, and as the pages promise. */
export const length: TextCheck = {
  name: 'length',
  limits: limits({ weight: 1, warn: 0.5, hold: 0.1 }),
  judge({ text, extracted: { pages = 0 }, quality: { minCharacters } }) {
    const score = text.length < minCharacters ? 0 : Math.min(1, text.length / Math.max(1, pages * CHARACTERS_OF_PAGE));
    const wanted = text.length < minCharacters ? `, at least ${minCharacters} are expected` : '';
    return { score, message: `${text.length} characters${pages > 0 ? ` on ${pages} pages` : ''}${wanted}` };
  },
};
