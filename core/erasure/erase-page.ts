import type { ErasureCandidate, FoundBy } from '#schemas/records/erasure.ts';
import type { Head } from '#schemas/records/head.ts';
import { type DocumentId, documentOf } from '#schemas/records/ids.ts';
import type { Transaction } from '../ports/index.ts';
import type { Inspection, Page } from '../ports/inspection.ts';
import { retryingConflicts, told } from '../runtime.ts';
import { eraseDocument } from './erase-document.ts';
import { subjectKeys } from './identifiers.ts';
import { type Emptied, emptiedBy, hintsOfErased, withRelated } from './members.ts';
import { headMentions, manifestMentions, nameMentions } from './mentions.ts';
import { isErased } from './tombstone.ts';

export type Erasing = { inspection: Inspection; begin(): Transaction };
/** `certificate`: the id under which it is erased; undefined: nothing is changed. */
export type ErasureQuery = {
  documents: readonly DocumentId[];
  subject?: string | undefined;
  certificate?: string | undefined;
  cursor?: string | undefined;
};

/** Documents of a page that are looked at, that are erased, and that a dry run tells of at once: what is done well before an answer is due. */
const LOOKED_AT = 50;
const ERASED = 40;
const TOLD = 1_000;

/** Where a page stands: among the documents that are found at once, among all heads, or among all stored vectors. */
const Cursor = /^(named|heads|vectors):(.*)$/s;

async function foundAtOnce({ documents, subject, certificate }: ErasureQuery, { begin }: Erasing) {
  const found = new Map<DocumentId, FoundBy[]>(documents.map((document) => [document, ['document']]));
  if (subject === undefined) return { found, isAll: true };
  const { traces, keys } = begin().ports;
  const most = certificate === undefined ? TOLD : ERASED;
  const led = await traces.sharing('identifier', subjectKeys(keys, subject), most);
  for (const document of led.keys()) found.set(document, [...(found.get(document) ?? []), 'identifier']);
  // Those that are erased are led to no more.
  return { found, isAll: certificate === undefined || led.size < most };
}

async function foundBy(head: Head, subject: string, inspection: Inspection): Promise<FoundBy[]> {
  const digest = head.removed ? undefined : head.committed?.manifest;
  const manifest = digest ? await inspection.manifest(digest) : undefined;
  return [
    ...(nameMentions(head, subject) ? (['file-name'] as const) : []),
    ...(headMentions(head, subject) || (manifest && manifestMentions(manifest, subject)) ? (['text'] as const) : []),
  ];
}

/** A container from which files are erased is asked to be made anew in the same commit. */
async function erase(document: DocumentId, certificate: string, { begin }: Erasing, emptied?: Emptied): Promise<void> {
  await retryingConflicts(async () => {
    const { ports, commit } = begin();
    const removed = await eraseDocument(document, certificate, ports, emptied?.without);
    if (removed) await ports.embeddings.delete(removed.embeddings);
    await commit({ events: emptied ? hintsOfErased([], [emptied]).map((hint) => told(hint, ports)) : [] });
  });
}

/** The documents and what lies in them, erased where that is asked for. */
async function settle(
  heads: Iterable<Head>,
  found: ReadonlyMap<DocumentId, FoundBy[]>,
  certificate: string | undefined,
  erasing: Erasing,
): Promise<ErasureCandidate[]> {
  const { keys } = erasing.begin().ports;
  const headsById = async (ids: readonly DocumentId[]) => (await erasing.inspection.headsById(ids)).values();
  const candidates: ErasureCandidate[] = [];
  const settled = new Map<DocumentId, Head>();
  for (const head of heads) {
    const isNamed = found.get(head.document)?.includes('document') ?? false;
    for (const one of await withRelated(head, isNamed, keys, headsById)) {
      if (isErased(one) || settled.has(one.document)) continue;
      settled.set(one.document, one);
      const { document: documentId, uri, committed } = one;
      candidates.push({ documentId, uri, foundBy: found.get(documentId) ?? ['related'], chunks: committed?.chunks ?? 0 });
    }
  }
  if (certificate !== undefined) await eraseAll([...settled.values()], certificate, erasing);
  return candidates;
}

/** Containers first: to them lead the files that are erased. Cases last: they are made anew of what is left. */
async function eraseAll(heads: readonly Head[], certificate: string, erasing: Erasing): Promise<void> {
  const { ports, commit } = erasing.begin();
  for (const emptied of emptiedBy(heads, ports.keys)) await erase(emptied.document, certificate, erasing, emptied);
  for (const { document } of heads) await erase(document, certificate, erasing);
  const events = hintsOfErased(heads, []).map((hint) => told(hint, ports));
  if (events.length > 0) await commit({ events });
}

/** Vectors of erased documents that no manifest led to: of versions that were on their way. */
async function dropStrays(at: string, { inspection, begin }: Erasing): Promise<string | undefined> {
  const { items, next } = await inspection.storedKeys(at === '' ? undefined : at);
  const heads = await inspection.headsById([...new Set(items.map(documentOf))]);
  const strays = items.filter((key) => isErased(heads.get(documentOf(key))));
  if (strays.length > 0) {
    const { ports, commit } = begin();
    await ports.vectors.delete(strays);
    await ports.keywords.delete(strays);
    await commit({ events: [] });
  }
  return next;
}

/**
 * A page of an erasure: first the documents that are named or that an identifier leads to, then those of all that there are
 * whose name or text mentions the subject, then vectors that are left. Saying a page again changes nothing more.
 */
export async function erasePage(query: ErasureQuery, erasing: Erasing): Promise<Page<ErasureCandidate>> {
  const [, part = 'named', at = ''] = Cursor.exec(query.cursor ?? '') ?? [];
  const { subject, certificate } = query;
  const afterHeads = certificate === undefined ? undefined : 'vectors:';
  if (part === 'vectors') {
    const next = await dropStrays(at, erasing);
    return { items: [], next: next === undefined ? undefined : `vectors:${next}` };
  }
  if (part === 'named') {
    const { found, isAll } = await foundAtOnce(query, erasing);
    const heads = await erasing.inspection.headsById([...found.keys()]);
    const items = await settle(heads.values(), found, certificate, erasing);
    return { items, next: isAll ? (subject === undefined ? afterHeads : 'heads:') : 'named:' };
  }
  const page = await erasing.inspection.heads({ limit: LOOKED_AT, ...(at !== '' && { cursor: at }) });
  const found = new Map<DocumentId, FoundBy[]>();
  for (const head of page.items) {
    const how = subject === undefined || isErased(head) ? [] : await foundBy(head, subject, erasing.inspection);
    if (how.length > 0) found.set(head.document, how);
  }
  const heads = page.items.filter(({ document }) => found.has(document));
  return { items: await settle(heads, found, certificate, erasing), next: page.next === undefined ? afterHeads : `heads:${page.next}` };
}
