import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import { matchingBelow } from '../ignoring.ts';
import type { Hint } from '../stage.ts';
import { depthOf, MAX_DEPTH, memberId } from './member-id.ts';

/** What asks to look at the files within a document; those that are gone are told to be so by looking. */
export const hintsOf = ({ source, nativeId }: Pick<Head, 'source' | 'nativeId'>, paths: Iterable<string>): Hint[] =>
  [...new Set(paths)].map((path) => ({ source, lookAt: memberId(nativeId, path) }));

/** The files within a document that become documents: none where containers lie too deep in each other. */
export function membersOf({ nativeId }: Pick<Head, 'nativeId'>, { members = [] }: Extracted, { intake }: Config): string[] {
  if (depthOf(nativeId) >= MAX_DEPTH) return [];
  const isIgnored = matchingBelow(intake.ignore);
  return members.map(({ path }) => path).filter((path) => !isIgnored(path));
}
