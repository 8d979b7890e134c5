import type { Config } from '#schemas/config.ts';
import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import { matchingBelow } from '../ignoring.ts';
import { depthOf, MAX_DEPTH } from './member-id.ts';

/** The files within a document that become documents: none where containers lie too deep in each other. */
export function membersOf({ nativeId }: Pick<Head, 'nativeId'>, { members = [] }: Extracted, { intake }: Config): string[] {
  if (depthOf(nativeId) >= MAX_DEPTH) return [];
  const isIgnored = matchingBelow(intake.ignore);
  return members.map(({ path }) => path).filter((path) => !isIgnored(path));
}
