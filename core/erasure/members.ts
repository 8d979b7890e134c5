import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { memberId } from '../members/member-id.ts';
import type { Keys } from '../ports/index.ts';
import { documentId } from '../stages/detect-change.ts';

/** A document and the files within it, which are documents of their own: what is erased is erased with what it holds. */
export async function withMembers(
  head: Head,
  keys: Keys,
  headsById: (documents: readonly DocumentId[]) => Promise<Iterable<Head>>,
): Promise<Head[]> {
  const ids = (head.members ?? []).map((path) => documentId(keys, head.source, memberId(head.nativeId, path)));
  if (ids.length === 0) return [head];
  const members = await Promise.all([...(await headsById(ids))].map((member) => withMembers(member, keys, headsById)));
  return [head, ...members.flat()];
}
