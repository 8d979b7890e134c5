import type { Source } from '#schemas/config.ts';
import type { Head } from '#schemas/records/head.ts';
import type { Keys, Ports } from '../ports/index.ts';
import type { Hint } from '../stage.ts';
import { caseIdOf, isCase } from './case-id.ts';

type Member = Pick<Head, 'source' | 'nativeId' | 'metadata'>;

/** By this the documents of a case are found. */
export const caseTraceKey = (keys: Keys, nativeId: string): string => keys.hash('case', nativeId);

/** Asks to look at the cases that a document is in, or was: what becomes of them is decided by looking. */
export function caseHints(rules: Source, ...heads: (Member | undefined)[]): Hint[] {
  const ids = heads.flatMap((head) => (head && caseIdOf(rules, head)) ?? []);
  return [...new Set(ids)].map((lookAt) => ({ source: rules.name, lookAt }));
}

/** Notes the case that a generation of a document is in, so that it is found from there. The head stays the truth. */
export async function noteCase(rules: Source, head: Head, { traces, keys }: Pick<Ports, 'traces' | 'keys'>): Promise<void> {
  if (!rules.cases || isCase(head.nativeId)) return;
  const id = caseIdOf(rules, head);
  await traces.put(head.document, head.generation, 'case', { keys: id === undefined ? [] : [caseTraceKey(keys, id)], note: '' });
}
