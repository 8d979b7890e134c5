import { elementText } from '../../document-text.ts';
import { limits } from '../check.ts';
import { lettersOf, type TextCheck } from '../subject.ts';

/** Below this a recogniser was guessing. */
const SURE = 0.7;
const ENOUGH_OF_PAGE = 8;

/** What a recogniser read of pictures of pages: whether there was something to read, and whether it could be read. */
export const scan: TextCheck = {
  name: 'scan',
  isDefect: true,
  limits: limits({ weight: 2, warn: 0.7, hold: 0.45 }),
  judge({ content, extracted: { pages = 1, scans = [] } }) {
    const read = content.filter(({ confidence }) => confidence !== undefined);
    if (read.length === 0 && scans.length === 0) return undefined;
    const sizes = read.map((element) => elementText(element).length);
    const size = sizes.reduce((sum, one) => sum + one, 0);
    const mean = size === 0 ? 0 : read.reduce((sum, { confidence = 0 }, i) => sum + confidence * (sizes[i] ?? 0), 0) / size;
    const letters = content.reduce((sum, element) => sum + lettersOf(elementText(element)), 0);
    const filled = Math.min(1, letters / (Math.max(1, pages) * ENOUGH_OF_PAGE));
    const sure = read.length === 0 ? 1 : Math.min(1, mean / SURE);
    const blank = scans.length > 0 ? `, ${scans.length} pages are pictures that nothing was read of` : '';
    return {
      score: Math.min(filled, sure),
      message: `${letters} letters on ${pages} pages, read with confidence ${mean.toFixed(2)}${blank}`,
    };
  },
};
