import type { Source } from './config.ts';

/** Where files within files are put aside in the work bucket, to be read by those who read the inbox. */
export const MEMBERS = 'members';

/** What the keys of a declared source begin with in the inbox bucket: `./handbooks` has `handbooks/...`. Undefined: it lies outside. */
export function keyPrefixOf({ path }: Pick<Source, 'path'>): string | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (path.startsWith('/') || parts.length === 0 || parts.includes('..')) return undefined;
  return `${parts.join('/')}/`;
}

/** The declared source that an object's key belongs to, by the longest prefix, and that prefix; undefined: `files`. */
export function sourceOfKey<S extends Pick<Source, 'path'>>(sources: readonly S[], key: string): { source: S; prefix: string } | undefined {
  const found = sources.flatMap((source) => {
    const prefix = keyPrefixOf(source);
    return prefix !== undefined && key.startsWith(prefix) ? [{ source, prefix }] : [];
  });
  return found.sort((a, b) => b.prefix.length - a.prefix.length)[0];
}
