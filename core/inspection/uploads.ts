import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { PlannedUpload, UploadsRequest } from '#schemas/records/operations.ts';
import { isAbandoned } from '../change.ts';
import { isErased } from '../erasure/tombstone.ts';
import type { Inbox } from '../ports/inbox.ts';

export type Uploading = {
  inbox: Inbox;
  heads(documents: readonly DocumentId[]): Promise<Map<DocumentId, Head>>;
  /** Asks the pipeline to look at a key. */
  hint(keys: readonly string[]): Promise<void>;
};

/** Whether nothing has to be done for a document whose object is as it should be. */
const isKnown = (head: Head | undefined, key: string, sha256: string): boolean =>
  head?.observation != null &&
  head.state !== 'failed' &&
  !isAbandoned(head) &&
  (head.nativeId !== key || head.observation.contentHash === sha256);

/**
 * Compares files with the inbox, and says how those that differ are uploaded. What is there already, and the pipeline has
 * failed at or has not seen, is looked at again.
 */
export async function planUploads({ files }: UploadsRequest, { inbox, heads, hint }: Uploading): Promise<PlannedUpload[]> {
  const known = await heads(files.map(({ key }) => inbox.subject(key).document));
  const again: string[] = [];
  const planned = await Promise.all(
    files.map(async ({ key, size, sha256 }): Promise<PlannedUpload> => {
      const { document, nativeId, isRead } = inbox.subject(key);
      if (!isRead) return { key, generation: 0, isKnown: true };
      const head = known.get(document);
      const common = { key, document, generation: head?.generation ?? 0 };
      // Its place stays empty, so nothing would come of it.
      if (isErased(head)) return { ...common, isKnown: true };
      if ((await inbox.checksum(key)) !== sha256) return { ...common, isKnown: false, upload: await inbox.upload(key, { size, sha256 }) };
      const isDone = isKnown(head, key, sha256);
      if (!isDone) again.push(nativeId);
      return { ...common, isKnown: isDone };
    }),
  );
  if (again.length > 0) await hint([...new Set(again)]);
  return planned;
}
