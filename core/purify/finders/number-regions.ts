import { nextFigure } from './figures.ts';

/** A stretch of text around figures: whole words, with those beside them. */
export type Region = { start: number; end: number };

/** Words on each side that a number may be written with: `GB29 NWBK 6016`, `36 year old`. */
const WORDS_BESIDE = 3;
const MOST_BESIDE = 60;

const isBlank = (code: number): boolean => code <= 32 || code === 160;

function back(text: string, from: number, least: number): number {
  let at = from;
  for (let words = 0; at > least && words <= WORDS_BESIDE; words++) {
    while (at > least && isBlank(text.charCodeAt(at - 1))) at--;
    while (at > least && !isBlank(text.charCodeAt(at - 1))) at--;
  }
  return at;
}

function forth(text: string, from: number, most: number): number {
  let at = from;
  while (at < most && !isBlank(text.charCodeAt(at))) at++;
  for (let words = 0; at < most && words < WORDS_BESIDE; words++) {
    while (at < most && isBlank(text.charCodeAt(at))) at++;
    while (at < most && !isBlank(text.charCodeAt(at))) at++;
  }
  return at;
}

function isBlankBetween(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at === to;
}

/** The regions of a text, in order and apart from each other; outside them there is no figure. */
export function numberRegions(text: string): Region[] {
  const regions: Region[] = [];
  let last: Region | undefined;
  for (let from = 0, i = nextFigure(text, from); i >= 0; i = nextFigure(text, from)) {
    from = i + 1;
    if (last && i < last.end) {
      // What its words reach over is passed at once.
      if (i + 1 < last.end - MOST_BESIDE / 2) {
        from = last.end - MOST_BESIDE / 2 - 1;
        continue;
      }
      last.end = Math.max(last.end, forth(text, i + 1, Math.min(text.length, i + MOST_BESIDE)));
      continue;
    }
    const end = forth(text, i + 1, Math.min(text.length, i + MOST_BESIDE));
    // `3 de marzo de 1981`: the first figure's words end where the second one begins.
    if (last && isBlankBetween(text, last.end, i)) {
      last.end = end;
      continue;
    }
    const start = back(text, i, Math.max(0, i - MOST_BESIDE, last?.end ?? 0));
    last = { start, end };
    regions.push(last);
  }
  return regions;
}
