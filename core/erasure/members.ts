import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { caseIdOf, isCase } from '../cases/case-id.ts';
import { memberId } from '../members/member-id.ts';
import type { Keys } from '../ports/index.ts';
import type { Hint } from '../stage.ts';
import { documentId } from '../stages/detect-change.ts';

type HeadsById = (documents: readonly DocumentId[]) => Promise<Iterable<Head>>;

async function withMembers(head: Head, keys: Keys, headsById: HeadsById): Promise<Head[]> {
  const ids = (head.members ?? []).map((path) => documentId(keys, head.source, memberId(head.nativeId, path)));
  if (ids.length === 0) return [head];
  const members = await Promise.all([...(await headsById(ids))].map((member) => withMembers(member, keys, headsById)));
  return [head, ...members.flat()];
}

/** Whatever its source asks for now: it may have made cases before. */
const CASES = { cases: {} };

/**
 * What is erased with a document: the files within it, which are documents of their own, and the cases that repeat them. A
 * case that was named itself (`isNamed`) is erased with the documents that it was made of.
 */
export async function withRelated(head: Head, isNamed: boolean, keys: Keys, headsById: HeadsById): Promise<Head[]> {
  const parts = isNamed ? (head.observation?.parts ?? []) : [];
  const named = [head, ...(parts.length > 0 ? await headsById(parts.map(({ document }) => document)) : [])];
  const all = (await Promise.all(named.map((one) => withMembers(one, keys, headsById)))).flat();
  const cases = all.flatMap((one) => {
    const id = caseIdOf(CASES, one);
    return id === undefined ? [] : [documentId(keys, one.source, id)];
  });
  const repeating = cases.length > 0 ? await headsById([...new Set(cases)]) : [];
  return [...new Map([...all, ...repeating].map((one) => [one.document, one])).values()];
}

/** Asks to make cases that were erased anew, of what is left of them. */
export const hintsOfErased = (heads: readonly Head[]): Hint[] =>
  heads.flatMap(({ source, nativeId }) => (isCase(nativeId) ? [{ source, lookAt: nativeId }] : []));
