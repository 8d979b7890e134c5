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

/** What several stretches come to, by their length. */
function joinedMood(heard: readonly { mood: Mood; length: number }[]): Mood {
  const length = heard.reduce((sum, one) => sum + one.length, 0);
  const share = (label: Mood['label']): number =>
    heard.reduce((sum, one) => sum + (one.mood.label === label ? one.length : 0), 0) / Math.max(1, length);
  return moodOf({ positive: share('positive'), negative: share('negative'), neutral: share('neutral'), mixed: share('mixed') });
}

/** What one person says until another speaks; `sentiment` where the recogniser heard it in all of it. */
export type SpokenTurn = Omit<Turn, 'sentiment'> & { text: string; sentiment?: Mood };

/** A person who goes on after this long a silence begins anew. */
const PAUSE_MS = 30_000;
const MOST_TURNS = 500;

export function turnsOf(elements: readonly Element[]): SpokenTurn[] {
  const turns: Segment[][] = [];
  for (const element of elements) {
    if (element.kind !== 'segment') continue;
    const { startMs = 0 } = element;
    const last = turns.at(-1)?.at(-1);
    if (last && last.speaker === element.speaker && startMs - endOf(last) < PAUSE_MS) turns.at(-1)?.push(element);
    else turns.push([element]);
  }
  return turns.slice(0, MOST_TURNS).map(turnOf);
}

type Segment = Extract<Element, { kind: 'segment' }>;

const endOf = ({ startMs = 0, endMs = startMs }: Segment): number => endMs;

function turnOf(segments: readonly Segment[]): SpokenTurn {
  const [first, last] = [segments[0], segments.at(-1)];
  const heard = segments.flatMap(({ sentiment, text }) => (sentiment ? [{ mood: sentiment, length: text.length }] : []));
  return {
    ...(first?.speaker !== undefined && { speaker: first.speaker }),
    startMs: first?.startMs ?? 0,
    endMs: last ? endOf(last) : 0,
    text: segments.map(({ text }) => text).join('\n'),
    ...(heard.length > 0 && heard.length === segments.length && { sentiment: joinedMood(heard) }),
  };
}
