import { z } from 'zod';
import type { Transcript, TranscriptSegment } from '#core/ports/speech.ts';

const seconds = z.coerce.number();
const Item = z.object({
  type: z.enum(['pronunciation', 'punctuation']),
  alternatives: z.array(z.object({ content: z.string(), confidence: z.coerce.number().optional() })).min(1),
  start_time: seconds.optional(),
  end_time: seconds.optional(),
  speaker_label: z.string().optional(),
});
type Item = z.infer<typeof Item>;

/** A job's output. https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html#how-output */
export const Output = z.object({
  results: z.object({
    language_code: z.string().optional(),
    items: z.array(Item),
    toxicity_detection: z.array(z.object({ toxicity: z.coerce.number(), start_time: seconds, end_time: seconds })).optional(),
  }),
});
export type Output = z.infer<typeof Output>;

/** A pause this long ends a stretch, and so does a sentence once the stretch has some length. */
const PAUSE_MS = 2_000;
const ENOUGH = 240;

type Stretch = { speaker: string | undefined; text: string; startMs: number; endMs: number; confidences: number[] };

const ms = (value: number | undefined, otherwise: number): number => (value === undefined ? otherwise : Math.round(value * 1000));

function append(stretch: Stretch, { type, alternatives: [best], end_time }: Item): void {
  stretch.text += type === 'punctuation' ? (best?.content ?? '') : ` ${best?.content ?? ''}`;
  if (type === 'punctuation') return;
  stretch.endMs = ms(end_time, stretch.endMs);
  if (best?.confidence !== undefined) stretch.confidences.push(best.confidence);
}

/** Whether a word begins another stretch: somebody else speaks, after a pause, or after a sentence that made it long enough. */
function isNew(stretch: Stretch, { type, speaker_label, start_time }: Item): boolean {
  if (type === 'punctuation') return false;
  const isSentence = /[.?!。？！]$/.test(stretch.text) && stretch.text.length >= ENOUGH;
  return isSentence || speaker_label !== stretch.speaker || ms(start_time, stretch.endMs) - stretch.endMs >= PAUSE_MS;
}

/** Words and marks as stretches of one voice each, with when they were said. */
export function transcriptOf({ results }: Output): Transcript {
  const stretches: Stretch[] = [];
  for (const item of results.items) {
    let last = stretches.at(-1);
    if (!last || isNew(last, item)) {
      const at = ms(item.start_time, last?.endMs ?? 0);
      last = { speaker: item.speaker_label, text: '', startMs: at, endMs: at, confidences: [] };
      stretches.push(last);
    }
    append(last, item);
  }
  const toxicity = results.toxicity_detection ?? [];
  const segments = stretches.map(({ speaker, text, startMs, endMs, confidences }): TranscriptSegment => {
    const within = toxicity.filter((one) => ms(one.start_time, 0) < endMs && ms(one.end_time, 0) > startMs);
    const confidence = confidences.reduce((sum, one) => sum + one, 0) / confidences.length;
    return {
      text: text.trim(),
      startMs,
      endMs,
      ...(speaker !== undefined && { speaker }),
      ...(confidences.length > 0 && { confidence: Math.round(confidence * 1000) / 1000 }),
      ...(within.length > 0 && { toxicity: Math.max(...within.map((one) => one.toxicity)) }),
    };
  });
  return { ...(results.language_code !== undefined && { language: results.language_code }), segments };
}
