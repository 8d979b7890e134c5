/** A file of which parts can be read; how `sniff` sees a file on disk, an S3 object or a buffer alike. */
export type RangedFile = {
  /** The file's base name; hostile input. */
  name: string;
  size: number;
  /** Bytes from `start` up to `end` (exclusive); fewer if the file ends before. The buffer is the caller's. */
  read(start: number, end: number): Promise<Uint8Array>;
};

export const rangedBytes = (name: string, bytes: Uint8Array): RangedFile => ({
  name,
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The bytes as one character each, for looking for ASCII in them. */
export const ascii = (bytes: Uint8Array, start = 0, end = bytes.length): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);
