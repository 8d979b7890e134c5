import { decodeHTML } from 'entities';

/** A stretch of a cue that one voice says; nobody is named in most files. */
export type Spoken = { speaker: string | undefined; text: string };

const TIMING = /^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/;

export const isTiming = (line: string): boolean => TIMING.test(line);

const milliseconds = (hours = '0', minutes = '0', seconds = '0', rest = '0'): number =>
  ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest.padEnd(3, '0'));

/** When a cue is shown and taken away, of its timing line. */
export function times(line: string): { startMs: number; endMs: number } {
  const [, ...parts] = TIMING.exec(line) ?? [];
  return { startMs: milliseconds(...parts.slice(0, 4)), endMs: milliseconds(...parts.slice(4)) };
}

/** Tags for looks and timing, and the position codes that SubRip players understand. */
const plain = (text: string): string =>
  decodeHTML(text.replace(/<[^<>]{0,200}>/g, '').replace(/\{\\[^{}]{0,100}\}/g, ''))
    .replace(/\s+/g, ' ')
    .trim();

/** `<v Name>` goes on to the next voice or the end of its tag. */
export function spokenIn(payload: string): Spoken[] {
  const parts = payload.split(/<v(?:\.[^\s>]{0,100})?\s+([^<>]{1,200})>/i);
  return parts
    .map((text, i): Spoken | undefined =>
      i % 2 === 1 ? undefined : { speaker: i === 0 ? undefined : plain(parts[i - 1] ?? '') || undefined, text: plain(text) },
    )
    .filter((spoken) => spoken !== undefined && spoken.text !== '')
    .filter((spoken) => spoken !== undefined);
}
