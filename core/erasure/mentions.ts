import type { Head } from '#schemas/records/head.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import { divided } from '../purify/name-words.ts';
import { sidecarOf } from '../sidecar-words.ts';
import { mentions } from './identifiers.ts';

/** The last part of a path or key. */
const nameOf = (nativeId: string): string => nativeId.split(/[/\\]/).at(-1) ?? '';

/** By its name, and by those of the folders in which it lies below its source's: `AnnaKeller-report.txt` is Anna Keller's. */
export const nameMentions = ({ nativeId, named = nameOf(nativeId) }: Pick<Head, 'nativeId' | 'named'>, subject: string): boolean =>
  mentions(named, subject) || (!/\d/.test(subject) && mentions(divided(named), divided(subject)));

/** Whether what its owner says of a document beside it has the words of a subject, or what a reviewer is shown of one that is held. */
export function headMentions({ observation, metadata, hold }: Pick<Head, 'observation' | 'metadata' | 'hold'>, subject: string): boolean {
  const { title = '', author = '', tags = [] } = sidecarOf(observation);
  return [title, author, ...tags, hold?.preview ?? '', metadata.title ?? '', metadata.author ?? '', ...metadata.tags].some((value) =>
    mentions(value, subject),
  );
}

/** What is told of a document that stands in none of its passages: values of reference tables, and how it names others. */
const toldBeside = ({ joined = {}, references = [] }: Pick<Manifest, 'joined' | 'references'>): string[] => [
  ...Object.values(joined).flat(),
  ...references.map(({ text }) => text),
];

/** Whether what is served of a document still has the words of a subject. */
export const manifestMentions = ({ entries, metadata, ...told }: Manifest, subject: string): boolean =>
  entries.some((entry) => mentions([...entry.path, entry.text].join('\n'), subject)) ||
  [...Object.values(metadata).flat(), ...toldBeside(told)].some((value) => mentions(value, subject));
