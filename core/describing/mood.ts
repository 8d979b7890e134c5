import type { Mood, Turn } from '#schemas/records/description.ts';
import type { Element } from '#schemas/records/extracted.ts';
import type { Sentiment } from '../ports/language.ts';

/** From this share of a text on a side counts. */
const SIDE = 0.25;

/** What the shares of well and badly sounding text come to. */
export function moodOf({ positive, negative, mixed }: Sentiment): Mood {
  const score = Number((positive - negative).toFixed(2));
  const both = mixed > 0.5 || (positive >= SIDE && negative >= SIDE);
  return { label: both ? 'mixed' : score >= SIDE ? 'positive' : score <= -SIDE ? 'negative' : 'neutral', score };
}

/** What one person says until another speaks. */
export type SpokenTurn = Omit<Turn, 'sentiment'> & { text: string };

/** A person who goes on after this long a silence begins anew. */
const PAUSE_MS = 30_000;
const MOST_TURNS = 500;

export function turnsOf(elements: readonly Element[]): SpokenTurn[] {
  const turns: SpokenTurn[] = [];
  for (const element of elements) {
    if (element.kind !== 'segment') continue;
    const { speaker, text, startMs = 0, endMs = startMs } = element;
    const last = turns.at(-1);
    if (last && last.speaker === speaker && startMs - last.endMs < PAUSE_MS)
      turns.splice(-1, 1, { ...last, endMs, text: `${last.text}\n${text}` });
    else turns.push({ ...(speaker !== undefined && { speaker }), startMs, endMs, text });
  }
  return turns.slice(0, MOST_TURNS);
}
