import { isBlank } from '../chunking/atoms.ts';

/** Text that two neighbours share, so that a sentence at the border of one is whole in the other. */
const OVERLAP = 400;

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

/** The text in overlapping windows of at most `longest` characters, cut between words where there are any. */
export function windowsOf(text: string, longest: number): string[] {
  const windows: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + longest);
    if (end < text.length) {
      let blank = end;
      while (blank > end - OVERLAP && !isBlank(text.charCodeAt(blank - 1))) blank--;
      if (blank > end - OVERLAP) end = blank;
      else if (isLowSurrogate(text.charCodeAt(end))) end -= 1;
    }
    windows.push(text.slice(start, end));
    if (end === text.length) break;
    start = end - OVERLAP;
    if (isLowSurrogate(text.charCodeAt(start))) start -= 1;
  }
  return windows;
}
