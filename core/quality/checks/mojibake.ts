import type { Element } from '#schemas/records/extracted.ts';
import { elementText } from '../../document-text.ts';
import { limits, type Score } from '../check.ts';
import type { TextCheck } from '../subject.ts';

const decoder = new TextDecoder('windows-1252');
/** The byte that each character beyond ASCII has in Windows-1252, and its code where Latin-1 has one. */
const BYTES = new Map<string, number>(
  Array.from({ length: 128 }, (_, i) => i + 128).flatMap((byte): [string, number][] => [
    [String.fromCharCode(byte), byte],
    [decoder.decode(Uint8Array.of(byte)), byte],
  ]),
);
const utf8 = new TextDecoder('utf-8', { fatal: true });

function isUtf8(run: string): boolean {
  const bytes = [...run].map((character) => BYTES.get(character) ?? 0);
  try {
    utf8.decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

/** An accident: a name in a list, a page about encodings. */
const FEW = 4;

/** Characters beyond ASCII, and how many of them are UTF-8 that was read as Windows-1252 or Latin-1 (`Ã¼` for `ü`). */
function mistakenIn(text: string): { beyond: number; mistaken: number } {
  let [beyond, mistaken] = [0, 0];
  for (const [run] of text.matchAll(/[^\0-\x7f]+/g)) {
    beyond += run.length;
    if (run.length > 1 && [...run].every((character) => BYTES.has(character)) && isUtf8(run)) mistaken += run.length;
  }
  return { beyond, mistaken };
}

function judged(text: string, where: string): Score {
  const { beyond, mistaken } = mistakenIn(text);
  const score = mistaken < FEW * 2 ? 1 : 1 - mistaken / beyond;
  return { score, message: `${mistaken} of ${beyond} characters beyond ASCII are UTF-8 read as another encoding${where}` };
}

/** Text in the wrong encoding, of the whole document and of its worst page. */
export const mojibake: TextCheck = {
  name: 'mojibake',
  isDefect: true,
  limits: limits({ weight: 2, warn: 0.8, hold: 0.4 }),
  judge({ text, content }) {
    const all = judged(text, '');
    const pages = Map.groupBy(content, ({ page }: Element) => page);
    if (pages.size < 2 || all.score === 1) return all;
    const each = [...pages].map(([page, elements]) => judged(elements.map(elementText).join('\n'), page ? ` on page ${page}` : ''));
    return [all, ...each].reduce((worst, one) => (one.score < worst.score ? one : worst));
  },
};
