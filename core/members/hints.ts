import type { Head } from '#schemas/records/head.ts';
import type { Hint } from '../stage.ts';
import { memberId } from './member-id.ts';

/** What asks to look at the files within a document; those that are gone are told to be so by looking. */
export const hintsOf = ({ source, nativeId }: Pick<Head, 'source' | 'nativeId'>, paths: Iterable<string>): Hint[] =>
  [...new Set(paths)].map((path) => ({ source, lookAt: memberId(nativeId, path) }));
