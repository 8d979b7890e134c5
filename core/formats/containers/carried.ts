import { createHash } from 'node:crypto';
import type { Member } from '#schemas/records/extracted.ts';
import { SluiceError } from '../../errors.ts';
import type { ParseContext } from '../index.ts';

/** Files that a document carries, by the names they get within it. */
export type Carried = {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Takes a file up; the name is what its sender calls it. */
  add(name: string, bytes: Uint8Array): void;
};

/** A letter or a document with more enclosures than this is none. */
const MOST = 500;

/** What is left of a name without a way anywhere, and without what would hide the file. */
const plain = (name: string): string =>
  name
    .replace(/[\\/:\p{Cc}]+/gu, '_')
    .replace(/^[.~$\s]+/, '')
    .trim()
    .slice(-150);

/** Throws `archive-bomb` once the files are more than a container may inflate to. */
export function carrier({ name: carrying, limits }: Pick<ParseContext, 'name' | 'limits'>): Carried {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  return {
    files,
    add(name, bytes) {
      if (bytes.length === 0 || files.size >= MOST) return;
      total += bytes.length;
      if (total > limits.maxInflatedBytes)
        throw new SluiceError('archive-bomb', `reading ${carrying}: it carries files of more than ${limits.maxInflatedBytes} bytes`);
      const base = plain(name) || 'unnamed';
      let path = base;
      // A folder for each further one of a name keeps its suffix.
      for (let i = 2; files.has(path); i++) path = `${i}/${base}`;
      files.set(path, bytes);
    },
  };
}

export const membersOf = (files: ReadonlyMap<string, Uint8Array>): Member[] =>
  [...files].map(([path, bytes]) => ({ path, size: bytes.length, contentHash: createHash('sha256').update(bytes).digest('hex') }));
