import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Progress, ProgressRequest } from '#schemas/records/operations.ts';
import type { StoryEvent } from '#schemas/records/pipeline-view.ts';
import { isCase } from '../cases/case-id.ts';
import { changeOf } from '../change.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Sources } from '../ports/sources.ts';

export type Following = {
  inbox: Pick<Inbox, 'subject'>;
  sources: Pick<Sources, 'observe' | 'uri'>;
  heads(documents: readonly DocumentId[]): Promise<Map<DocumentId, Head>>;
  story(document: DocumentId): Promise<StoryEvent[]>;
};

/** Whether the ledger has a document as its source shows it now. That of one that failed is compared all the same. */
async function isSeen(head: Head, { sources }: Following): Promise<boolean> {
  if (isCase(head.nativeId)) return true;
  const observation = await sources.observe(head.source, head.nativeId, head.observation ?? undefined);
  const compared = head.state === 'failed' ? { ...head, state: 'rejected' as const } : head;
  return changeOf(compared, observation) === 'none';
}

/** Whether the pipeline is done with a document: what is served, if anything, follows from what its source shows. */
const isAtRest = ({ state, removed, committed }: Head): boolean =>
  state !== 'processing' && !(state === 'removed' && removed && committed?.manifest);

async function progressOf(key: string, after: number | undefined, heads: Map<DocumentId, Head>, following: Following): Promise<Progress> {
  const { document, source, nativeId } = following.inbox.subject(key);
  const head = heads.get(document);
  const isLater = after === undefined || (head?.generation ?? 0) > after;
  const settled = head !== undefined && isLater && isAtRest(head) && (await isSeen(head, following));
  return {
    key,
    document,
    settled,
    generation: head?.generation ?? 0,
    state: head?.state ?? null,
    uri: head?.uri ?? following.sources.uri(source, nativeId),
    problem: head?.problem ? { stage: head.problem.stage, code: head.problem.code, message: head.problem.message } : null,
    events: settled ? await following.story(document) : [],
  };
}

/** How far the pipeline is with each of these documents. */
export async function progressOfAll({ documents }: ProgressRequest, following: Following): Promise<Progress[]> {
  const heads = await following.heads(documents.map(({ key }) => following.inbox.subject(key).document));
  return Promise.all(documents.map(({ key, after }) => progressOf(key, after, heads, following)));
}
