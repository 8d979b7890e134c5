import { SluiceError } from '#core/errors.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { type Collector, collector } from './collect.ts';
import type { ParseContext } from './index.ts';
import { isTiming, type Spoken, spokenIn, times } from './subtitles/cues.ts';
import { readText } from './text.ts';

/** WebVTT: what is said, when, and by whom where the file names voices. Notes, styles and regions are for programs. */
export const parseVtt = (bytes: Uint8Array, context: ParseContext): Extracted => parseSubtitles('vtt', bytes, context);

/** SubRip subtitles: what is said and when. */
export const parseSrt = (bytes: Uint8Array, context: ParseContext): Extracted => parseSubtitles('srt', bytes, context);

function parseSubtitles(format: 'vtt' | 'srt', bytes: Uint8Array, context: ParseContext): Extracted {
  const out = collector(context);
  const { text, warnings } = readText(bytes, context);
  const lines = text.split(/\r\n|\r|\n/);
  const starts = lines.flatMap((line, i) => (isTiming(line) ? [i] : []));
  if (starts.length === 0) throw new SluiceError('corrupt', `reading ${context.name}: no line says when something is shown`);
  let before: string[] = [];
  starts.forEach((start, i) => {
    const payload = payloadOf(lines, start, starts[i + 1] ?? lines.length);
    addCue(times(lines[start] ?? ''), withoutRollUp(payload, before), out);
    before = payload;
  });
  return { format, metadata: {}, elements: out.elements, warnings: [...warnings, ...out.warnings] };
}

/** A blank line ends a cue; in SubRip's loose practice only the next cue does, whose number is then left out. */
function payloadOf(lines: readonly string[], start: number, end: number): string[] {
  const rest = lines.slice(start + 1, end);
  const blank = rest.findIndex((line) => line.trim() === '');
  return (blank === -1 ? (end === lines.length ? rest : rest.slice(0, -1)) : rest.slice(0, blank)).map((line) => line.trim());
}

/** Captions made while somebody speaks show the line before once more above the new one. */
const withoutRollUp = (payload: readonly string[], before: readonly string[]): readonly string[] =>
  payload.length > 1 && payload[0] === before.at(-1) ? payload.slice(1) : payload;

function addCue(time: Pick<Element, 'startMs' | 'endMs'>, payload: readonly string[], out: Collector): void {
  for (const { speaker, text } of spokenIn(payload.join('\n'))) out.add(segment(time, { speaker, text }));
}

const segment = (time: Pick<Element, 'startMs' | 'endMs'>, { speaker, text }: Spoken): Element => ({
  kind: 'segment',
  ...(speaker !== undefined && { speaker }),
  text,
  ...time,
});
