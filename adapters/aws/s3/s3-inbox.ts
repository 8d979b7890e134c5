import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Inbox, Upload } from '#core/ports/inbox.ts';
import type { Keys } from '#core/ports/index.ts';
import { documentId } from '#core/stages/detect-change.ts';
import { calling } from '../service-error.ts';
import { headOf, wholeChecksum } from './object-facts.ts';
import { deleteObjects, listPage, s3 } from './objects.ts';
import { type Inbox as Bucket, subjectOf } from './s3-sources.ts';

/** Long enough for a large file over a slow line, and at most what the function's own credentials last. */
const UPLOAD_SECONDS = 15 * 60;
const CHECKSUM = 'x-amz-checksum-sha256';
const ALGORITHM = 'x-amz-sdk-checksum-algorithm';

/** S3 itself refuses bytes of another hash: the header is signed, so it cannot be left out or changed. */
async function signedUpload(Bucket: string, Key: string, sha256: string): Promise<Upload> {
  const checksum = Buffer.from(sha256, 'hex').toString('base64');
  const url = await calling('signing an upload', () =>
    getSignedUrl(s3(), new PutObjectCommand({ Bucket, Key, ChecksumAlgorithm: 'SHA256', ChecksumSHA256: checksum }), {
      expiresIn: UPLOAD_SECONDS,
      unhoistableHeaders: new Set([CHECKSUM, ALGORITHM]),
    }),
  );
  return { url, headers: { [CHECKSUM]: checksum, [ALGORITHM]: 'SHA256' }, seconds: UPLOAD_SECONDS };
}

/** The inbox bucket as people outside the pipeline use it. */
export const s3Inbox = (inbox: Bucket, keys: Keys): Inbox => ({
  subject(key) {
    const nativeId = subjectOf(key);
    const source = inbox.sourceOf(nativeId);
    return { source, nativeId, document: documentId(keys, source, nativeId), isRead: inbox.owns(source, nativeId) };
  },
  async checksum(key) {
    const head = await headOf({ bucket: inbox.bucket, key });
    return head && wholeChecksum(head);
  },
  upload: (key, { sha256 }) => signedUpload(inbox.bucket, key, sha256),
  async keys(prefix, cursor) {
    const { objects, next } = await listPage(inbox.bucket, prefix, cursor);
    return { items: objects.flatMap(({ Key }) => (Key === undefined ? [] : [Key])), next };
  },
  remove: (keys) => deleteObjects(inbox.bucket, keys),
});
