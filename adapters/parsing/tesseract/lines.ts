import type { RecognisedLine } from '#core/ports/ocr.ts';
import type { Raster } from './raster.ts';

type Size = Pick<Raster, 'width' | 'height'>;
type Box = { left: number; top: number; right: number; bottom: number };
export type Word = Box & { text: string; confidence: number; block: number; line: string };

/** A word below this is not told from a smudge. */
const GUESS = 0.3;
/** A word above this, of letters or digits, is surely one. */
export const SURE = 0.6;
/** Sure letters and digits that a picture of text has at least; fewer are what a photo's textures look like. */
const FEWEST_SURE = 4;

/** Levels of Tesseract's table: 4 is a line, 5 a word. */
const WORD = '5';

/** Words in reading order out of Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
export function wordsOf(table: string): Word[] {
  return table.split('\n').flatMap((row): Word[] => {
    const [level, , block = '', paragraph, line, , left, top, width, height, confidence, ...rest] = row.split('\t');
    const text = rest.join(' ').trim();
    if (level !== WORD || text === '') return [];
    const [x, y] = [Number(left), Number(top)];
    const box = { left: x, top: y, right: x + Number(width), bottom: y + Number(height) };
    return [
      { ...box, text, confidence: Math.max(0, Number(confidence) / 100), block: Number(block), line: `${block} ${paragraph} ${line}` },
    ];
  });
}

const lettersOf = ({ text }: Word): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** Letters and digits of words that the recogniser is sure of: how much was read of a picture. */
export const sureLetters = (words: readonly Word[]): number =>
  words.reduce((sum, word) => (word.confidence >= SURE ? sum + lettersOf(word) * word.confidence : sum), 0);

/** Mean over letters; 0 without any. */
export function meanConfidence(words: readonly Word[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return letters === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
}

/** Lines of text, without what is taken for marks and textures; none where nothing is sure to be text. */
export function linesOf(words: readonly Word[], size: Size): RecognisedLine[] {
  const kept = words.filter((word) => word.confidence >= GUESS);
  const sure = kept.filter((word) => word.confidence >= SURE).reduce((sum, word) => sum + lettersOf(word), 0);
  if (sure < FEWEST_SURE) return [];
  return [...Map.groupBy(kept, ({ line }) => line).values()].flatMap((line) => lineOf(line, size));
}

function lineOf(words: readonly Word[], { width, height }: Size): RecognisedLine[] {
  const [first] = words;
  const confidence = meanConfidence(words);
  // A line of marks alone is the frame of a table, or dirt.
  if (!first || words.every((word) => lettersOf(word) === 0)) return [];
  const left = Math.min(...words.map((word) => word.left));
  const top = Math.min(...words.map((word) => word.top));
  const right = Math.max(...words.map((word) => word.right));
  const bottom = Math.max(...words.map((word) => word.bottom));
  const area = [left / width, top / height, (right - left) / width, (bottom - top) / height] as const;
  return [{ text: words.map(({ text }) => text).join(' '), confidence, area }];
}

/** Whether blocks of text stand beside each other, as in columns. */
export function hasColumns(words: readonly Word[]): boolean {
  const blocks = [...Map.groupBy(words, ({ block }) => block).values()]
    .filter((block) => block.length > 5)
    .map((block) => ({
      left: Math.min(...block.map((word) => word.left)),
      right: Math.max(...block.map((word) => word.right)),
      top: Math.min(...block.map((word) => word.top)),
      bottom: Math.max(...block.map((word) => word.bottom)),
    }));
  return blocks.some((a, i) => blocks.slice(i + 1).some((b) => isBeside(a, b)));
}

const isBeside = (a: Box, b: Box): boolean => {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return (a.right <= b.left || b.right <= a.left) && shared > 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top);
};
