import type { DocumentId } from '#schemas/records/ids.ts';
import type { Page } from './inspection.ts';

/** Which document an object is, or describes: a side-car's is the one beside it. `isRead`: whether the pipeline takes it at all. */
export type Subject = { source: string; nativeId: string; document: DocumentId; isRead: boolean };

/** How an object is uploaded: a PUT of its bytes with exactly these headers, before `seconds` are over. */
export type Upload = { url: string; headers: Record<string, string>; seconds: number };

/** The bucket that documents are put into, as people outside the pipeline use it. */
export type Inbox = {
  subject(key: string): Subject;
  /** Hex SHA-256 of an object's bytes as the store keeps it; undefined: there is no object, or no such hash of it. */
  checksum(key: string): Promise<string | undefined>;
  /** The store itself refuses bytes of another size or hash. */
  upload(key: string, file: { size: number; sha256: string }): Promise<Upload>;
  /** A page of the keys that begin with a prefix. */
  keys(prefix: string, cursor?: string): Promise<Page<string>>;
  /** Objects that are not there are no error. */
  remove(keys: readonly string[]): Promise<void>;
};
