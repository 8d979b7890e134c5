import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { caseIdOf, isCase } from '../cases/case-id.ts';
import { containerOf, memberId } from '../members/member-id.ts';
import type { Keys, Ports } from '../ports/index.ts';
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

/** A container that stays while files within it are erased: it is made anew without their names. */
export type Emptied = Pick<Head, 'source' | 'nativeId' | 'document'> & { without: DocumentId[] };

/** The containers of erased files, but for those that are erased themselves. */
export function emptiedBy(heads: readonly Head[], keys: Keys): Emptied[] {
  const emptied = new Map<DocumentId, Emptied>();
  for (const { source, nativeId, document: member } of heads) {
    const { container } = containerOf(nativeId) ?? {};
    if (container === undefined) continue;
    const document = documentId(keys, source, container);
    const without = [...(emptied.get(document)?.without ?? []), member];
    if (!heads.some((head) => head.document === document)) emptied.set(document, { source, nativeId: container, document, without });
  }
  return [...emptied.values()];
}

const ERASED = '[erased]';

/** A document without the names of files within it that were erased. Where none was it needs no key. */
export function withoutErased(
  head: Pick<Head, 'source' | 'nativeId' | 'erasedMembers'>,
  document: Extracted,
  ports: Pick<Ports, 'keys'>,
): Extracted {
  const { members = [], elements } = document;
  const erased = new Set(head.erasedMembers);
  if (erased.size === 0) return document;
  const isGone = (path: string): boolean => erased.has(documentId(ports.keys, head.source, memberId(head.nativeId, path)));
  const gone = new Set(members.map(({ path }) => path).filter(isGone));
  return {
    ...document,
    members: members.filter(({ path }) => !gone.has(path)),
    elements: elements.map((element) => (element.kind === 'list-item' && gone.has(element.text) ? { ...element, text: ERASED } : element)),
  };
}

/** Asks to make cases that were erased, and containers of which files were, anew of what is left of them. */
export const hintsOfErased = (heads: readonly Pick<Head, 'source' | 'nativeId'>[], emptied: readonly Emptied[]): Hint[] =>
  [...heads.filter(({ nativeId }) => isCase(nativeId)), ...emptied].map(({ source, nativeId }) => ({ source, lookAt: nativeId }));
