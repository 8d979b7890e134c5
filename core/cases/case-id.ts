import type { Source } from '#schemas/config.ts';
import type { Head, Metadata } from '#schemas/records/head.ts';

/**
 * A case is a document without a file: its native id, and address, names its source and its key. No path of a file system
 * looks like it, and an object of that name in a bucket is never read.
 */
const PREFIX = 'case:';

const caseId = (source: string, key: string): string => `${PREFIX}${source}/${key}`;

/** The source and the key of a case; undefined for every other document. */
export function caseOf(nativeId: string): { source: string; key: string } | undefined {
  const at = nativeId.indexOf('/');
  if (!nativeId.startsWith(PREFIX) || at < 0) return undefined;
  return { source: nativeId.slice(PREFIX.length, at), key: nativeId.slice(at + 1) };
}

export const isCase = (nativeId: string): boolean => caseOf(nativeId) !== undefined;

/** Two slashes in a row would tell of a file within a file. */
const tidy = (key: string): string => key.normalize('NFKC').replace(/\s+/g, ' ').replace(/\/+/g, '/').trim();

/** The last match of a pattern, which is nearest to the name of the file; its spelling does not matter. */
function keyIn(text: string, pattern: string): string | undefined {
  const match = [...text.matchAll(new RegExp(pattern, 'giu'))].at(-1);
  const key = tidy(match?.groups?.case ?? match?.[0] ?? '').toUpperCase();
  return key === '' ? undefined : key;
}

/** The case key of a document: what its owner says, or else what its source finds in its path or its title. */
export function caseKeyOf(
  { cases }: Pick<Source, 'cases'>,
  nativeId: string,
  { caseKey, title = '' }: Partial<Metadata>,
): string | undefined {
  if (caseKey !== undefined || cases?.pattern === undefined) return caseKey;
  return keyIn(nativeId, cases.pattern) ?? keyIn(title, cases.pattern);
}

/** The native id of the case that a document is a part of; undefined: its source makes no cases, or it is in none. */
export function caseIdOf({ cases }: Pick<Source, 'cases'>, { source, nativeId, metadata }: Pick<Head, 'source' | 'nativeId' | 'metadata'>) {
  const key = cases && !isCase(nativeId) ? tidy(metadata.caseKey ?? '') : '';
  return key === '' ? undefined : caseId(source, key);
}
