import type { Turn } from '#schemas/records/description.ts';
import type { Metadata } from '#schemas/records/head.ts';
import type { LinkRecords } from '#schemas/records/pipeline-view.ts';
import { counted } from './output.ts';

/** Turns that are shown: those that sound worst and best. */
const SHOWN_TURNS = 5;

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19);
const mood = ({ label, score }: Turn['sentiment']): string => `${label} (${score > 0 ? '+' : ''}${score})`;

/** What is known of a document, each with a name of its own. */
export function metadataFacts({
  tags,
  topic,
  keyPhrases,
  entities,
  sentiment,
  joined,
  ...plain
}: Metadata): [name: string, value: string][] {
  const kinds = [...new Set((entities ?? []).map(({ type }) => type))];
  const ofKind = (kind: string): string =>
    (entities ?? []).flatMap(({ type, name, count }) => (type === kind ? [count > 1 ? `${name} (${count})` : name] : [])).join(', ');
  const facts: [string, string][] = [
    ...Object.entries(plain).map(([name, value]): [string, string] => [name, String(value)]),
    ['tags', tags.join(', ')],
    ['topic', topic ? `${topic.name} (${topic.score}, by ${topic.by})` : ''],
    ['phrases', keyPhrases?.join(', ') ?? ''],
    ...kinds.map((kind): [string, string] => [kind.toLowerCase(), ofKind(kind)]),
    ['sentiment', sentiment ? mood(sentiment) : ''],
    ...Object.entries(joined ?? {}).map(([name, values]): [string, string] => [name, values.join(', ')]),
  ];
  return facts.filter(([, value]) => value !== '');
}

/** What a document refers to, and what refers to it, each with a name. */
export function linkFacts({ references, referencedBy }: LinkRecords): [name: string, value: string][] {
  const resolved = new Set(references.flatMap(({ to }) => to.map(({ uri }) => uri)));
  const dangling = new Set(references.filter(({ to }) => to.length === 0).map(({ text, by }) => `${text || 'a link'} (${by})`));
  return [
    ...[...resolved].map((uri): [string, string] => ['refers to', uri]),
    ...[...dangling].map((text): [string, string] => ['dangling', text]),
    ...referencedBy.map(({ uri }): [string, string] => ['named by', uri]),
  ];
}

/** How each person sounds in a transcript on the whole, and the moments that stand out. */
export function turnFacts(turns: readonly Turn[]): [name: string, value: string][] {
  const speakers = [...new Set(turns.map(({ speaker }) => speaker))];
  const whole = speakers.map((speaker): [string, string] => {
    const own = turns.filter((turn) => turn.speaker === speaker);
    const mean = own.reduce((sum, { sentiment }) => sum + sentiment.score, 0) / own.length;
    return ['speaker', `${speaker ?? 'unnamed'}: ${counted(own.length, 'turn')}, sentiment ${mean.toFixed(2)}`];
  });
  const telling = turns
    .filter(({ sentiment }) => sentiment.label !== 'neutral')
    .sort((a, b) => Math.abs(b.sentiment.score) - Math.abs(a.sentiment.score));
  const moments = telling
    .slice(0, SHOWN_TURNS)
    .map((turn): [string, string] => ['moment', `${clock(turn.startMs)} ${turn.speaker ?? 'unnamed'} sounds ${mood(turn.sentiment)}`]);
  return [...whole, ...moments];
}
