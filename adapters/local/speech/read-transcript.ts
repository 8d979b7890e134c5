import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseSrt, parseVtt } from '#core/formats/subtitles.ts';
import type { TranscriptSegment } from '#core/ports/speech.ts';

/** A word and its times in seconds as PocketSphinx writes them: `forward(2) 0.480 0.910 0.993`. */
const WORD = /^(\S+) (\d+\.\d+) (\d+\.\d+) (\d\.\d+)$/;
/** Silence, noise and the ends of a sentence. */
const NO_WORD = /^(?:<.*>|\[.*\]|\+\+.*\+\+)$/;

/** What a program wrote as segments; undefined: it is nothing that is known. Nothing at all is a recording without speech. */
export function readTranscript(name: string, text: string): TranscriptSegment[] | undefined {
  if (text.trim() === '') return [];
  if (/^\uFEFF?WEBVTT/.test(text)) return subtitles(name, text, parseVtt);
  if (/\d\d:\d\d:\d\d,\d{3} --> /.test(text)) return subtitles(name, text, parseSrt);
  const lines = text.split('\n').map((line) => line.trim());
  return lines.some((line) => WORD.test(line)) ? spoken(lines) : undefined;
}

function subtitles(name: string, text: string, parse: typeof parseVtt): TranscriptSegment[] | undefined {
  // Without a cue it says that nobody speaks.
  if (!text.includes('-->')) return [];
  const { elements } = parse(new TextEncoder().encode(text), { name, limits: DEFAULT_PARSE_LIMITS });
  return elements.flatMap((element) => {
    if (element.kind !== 'segment' || element.startMs === undefined || element.endMs === undefined) return [];
    const { text: said, startMs, endMs, speaker } = element;
    return [{ text: said, startMs, endMs, ...(speaker !== undefined && { speaker }) }];
  });
}

/** Utterances, each a line of text and then its words. */
function spoken(lines: readonly string[]): TranscriptSegment[] {
  const segments: TranscriptSegment[] = [];
  let words: { text: string; startMs: number; endMs: number; confidence: number }[] = [];
  const end = (): void => {
    const [first] = words;
    const last = words.at(-1);
    if (first && last) {
      const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
      segments.push({ text: words.map(({ text }) => text).join(' '), startMs: first.startMs, endMs: last.endMs, confidence });
    }
    words = [];
  };
  for (const line of lines) {
    const [, word, start, stop, confidence] = WORD.exec(line) ?? [];
    if (word === undefined) end();
    else if (!NO_WORD.test(word)) {
      const said = word.replace(/\(\d+\)$/, '');
      words.push({ text: said, startMs: Number(start) * 1000, endMs: Number(stop) * 1000, confidence: Math.min(1, Number(confidence)) });
    }
  }
  end();
  return segments;
}
