import type { Member } from '#schemas/records/extracted.ts';
import type { Head, Observation } from '#schemas/records/head.ts';
import type { ContentHandle } from './content.ts';

/** Where documents come from. */
export type Sources = {
  /**
   * Looks at one object as it is now. Undefined: it is certainly not there. Throws `source-unavailable` when that
   * cannot be told (a missing root, an unreadable folder), and `growing` while it is being written. `known` spares
   * reading the bytes when the outside proves that they are the same.
   */
  observe(source: string, nativeId: string, known?: Observation): Promise<Observation | undefined>;
  /** The address that hits and `status` show. */
  uri(source: string, nativeId: string): string;
  /** The end of that address which lies below the source's root: what is above names the source, and no document. */
  named(source: string, nativeId: string): string;
  /** The bytes that the head's observation saw. */
  open(head: Pick<Head, 'source' | 'nativeId' | 'observation'>): ContentHandle;
  /** Whether files within files are observed and opened too, under the ids of `core/members/member-id.ts`. */
  readonly hasMembers?: true;
  /**
   * Puts the files within a document aside, where they cannot be looked at in it whenever somebody asks; those that are there
   * already stay as they are. `read` gives the bytes of one.
   */
  keep?(container: Head, files: readonly Member[], read: (path: string) => Promise<Uint8Array | undefined>): Promise<void>;
};
