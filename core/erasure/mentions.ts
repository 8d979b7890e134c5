import type { Head } from '#schemas/records/head.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import { mentions } from './identifiers.ts';

/** The last part of a path or key. */
const nameOf = (nativeId: string): string => nativeId.split(/[/\\]/).at(-1) ?? '';

export const nameMentions = ({ nativeId }: Pick<Head, 'nativeId'>, subject: string): boolean => mentions(nameOf(nativeId), subject);

/** Whether what is served of a document still has the words of a subject. */
export const manifestMentions = ({ entries, metadata }: Manifest, subject: string): boolean =>
  entries.some((entry) => mentions([...entry.path, entry.text].join('\n'), subject)) ||
  Object.values(metadata)
    .flat()
    .some((value) => mentions(value, subject));
