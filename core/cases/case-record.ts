import type { PartKind } from '#schemas/records/case.ts';
import type { DocumentMetadata, Element, Extracted } from '#schemas/records/extracted.ts';
import type { CasePart } from '#schemas/records/head.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import { dateOf, kindOf } from './parts.ts';

/** A part with what search serves of it. */
export type ServedPart = CasePart & { served: Manifest };

/** Characters of a part that its case repeats: enough to find the case by, and to know whether to open the part. */
const EXTRACT = 800;

/** What search serves of a part, masked; overlapping chunks repeat nothing. */
export function textOf({ served: { entries } }: ServedPart): string {
  let text = '';
  let end = 0;
  for (const entry of entries) {
    const fresh = entry.text.slice(Math.max(0, end - entry.start));
    if (fresh !== '') text += text === '' || entry.start < end ? fresh : `\n\n${fresh}`;
    end = Math.max(end, entry.end);
  }
  return text;
}

/** The beginning of a text, cut between sentences or else between words. */
function extractOf(text: string): string {
  if (text.length <= EXTRACT) return text;
  const start = text.slice(0, EXTRACT);
  const sentence = Math.max(...['. ', '? ', '! ', '\n'].map((end) => start.lastIndexOf(end)));
  return sentence > EXTRACT / 2 ? start.slice(0, sentence + 1).trimEnd() : `${start.slice(0, start.lastIndexOf(' ')).trimEnd()} …`;
}

const shownDate = (part: CasePart): string => (dateOf(part.metadata) ?? '').slice(0, 16).replace('T', ' ');

const KIND_NAMES: Record<PartKind, readonly [one: string, many: string]> = {
  document: ['document', 'documents'],
  mail: ['mail', 'mails'],
  table: ['table', 'tables'],
  photo: ['photo', 'photos'],
  recording: ['recording', 'recordings'],
};

const counted = (count: number, [one, many]: readonly [string, string]): string => `${count} ${count === 1 ? one : many}`;

/** How many of what, from when to when, and what is missing. */
function overview(served: readonly ServedPart[], leftOut: readonly CasePart[]): string {
  const kinds = Map.groupBy(served, ({ metadata }) => kindOf(metadata));
  const what = [...kinds].map(([kind, parts]) => counted(parts.length, KIND_NAMES[kind])).sort();
  const days = served.map((part) => shownDate(part).slice(0, 10)).filter((day) => day !== '');
  const [from, to] = [days[0], days.at(-1)];
  const when = from === undefined ? '' : from === to ? `, ${from}` : `, ${from} to ${to}`;
  const reasons = Map.groupBy(leftOut, (part) => part.leftOut ?? 'failed');
  const missing = [...reasons].map(([reason, parts]) => `${parts.length} ${reason}`).sort();
  return `${what.join(', ')}${when}.${missing.length > 0 ? ` Not in it: ${missing.join(', ')}.` : ''}`;
}

/** A part's title comes from what is served of it: what its owner wrote in a side-car was never masked. */
const headingOf = (part: ServedPart): string =>
  [shownDate(part), part.served.metadata.title ?? KIND_NAMES[kindOf(part.metadata)][0]].filter((one) => one !== '').join(' ');

function metadataOf(key: string, served: readonly ServedPart[]): DocumentMetadata {
  const dates = served.flatMap((part) => dateOf(part.metadata) ?? []);
  const [created, modified] = [dates[0], dates.at(-1)];
  const languages = new Set(served.map(({ served: { metadata } }) => metadata.language));
  const [language] = languages.size === 1 ? languages : [];
  return {
    title: `Case ${key}`,
    ...(created !== undefined && { created }),
    ...(modified !== undefined && { modified }),
    ...(language !== undefined && { language }),
  };
}

/** What was made of the parts of a case, as one document: an overview, and a passage of each part, in time order. */
export function caseRecord(key: string, served: readonly ServedPart[], leftOut: readonly CasePart[]): Extracted {
  const elements: Element[] = [
    { kind: 'heading', level: 1, text: `Case ${key}` },
    { kind: 'paragraph', text: overview(served, leftOut) },
  ];
  for (const part of served) {
    elements.push({ kind: 'heading', level: 2, text: headingOf(part) });
    const extract = extractOf(textOf(part));
    if (extract !== '') elements.push({ kind: 'paragraph', text: extract });
  }
  return { format: 'case', metadata: metadataOf(key, served), elements, warnings: [] };
}
