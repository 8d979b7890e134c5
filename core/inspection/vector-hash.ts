import { createHash } from 'node:crypto';

/** What an export shows of a stored vector: equal vectors have equal hashes, in every store. */
export const hashOfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

export const vectorHash = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  hashOfBytes(new Uint8Array(buffer, byteOffset, byteLength));
