/**
 * A document's bytes at the version that was observed. Reading throws `superseded` when the bytes are no longer that
 * version (the newer one has its own event) and `source-unavailable` when the source cannot be reached.
 */
export type ContentHandle = {
  /** Base name, for sniffing and for messages to its owner; hostile input. */
  readonly name: string;
  readonly size: number;
  /** Hex SHA-256 of the observed bytes; a parser verifies it. */
  readonly contentHash: string;
  /** Bytes from `start` up to `end` (exclusive, cut at the end of the file). */
  read(start: number, end: number): Promise<Uint8Array>;
  /**
   * Runs `use` with the path of a file on this machine's disk that holds the bytes, for a parser in another process. The
   * file may be gone when `use` has ended, and is not to be changed: it may be the document itself.
   */
  withFile<T>(use: (path: string) => Promise<T>): Promise<T>;
  /** Where a service of the same cloud finds these very bytes; absent where no service can reach them. */
  readonly object?: { bucket: string; key: string; version?: string };
};
