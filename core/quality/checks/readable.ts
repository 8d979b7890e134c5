import { limits } from '../check.ts';
import type { TextCheck } from '../subject.ts';

/** The share of characters that are letters, digits, marks, punctuation, symbols or white space that a person can read. */
export function readableShare(text: string): number {
  if (text === '') return 0;
  const unreadable = text.match(/[\ufffd\p{Co}\p{Cn}\p{Cc}\p{Cs}]/gu)?.filter((c) => c !== '\n' && c !== '\t').length ?? 0;
  return 1 - unreadable / text.length;
}

/** Whether characters stand for something: a font without a Unicode map, or bytes that are no text, leave marks without meaning. */
export const readable: TextCheck = {
  name: 'readable',
  limits: limits({ weight: 2, warn: 0.8, hold: 0.55 }),
  judge({ text }) {
    const lost = 1 - readableShare(text);
    return { score: Math.max(0, 1 - lost * 5), message: `${(lost * 100).toFixed(1)} % of the characters stand for nothing` };
  },
};
