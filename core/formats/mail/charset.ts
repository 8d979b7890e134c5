import { decodeAs, textEncoding } from '../encoding.ts';

/**
 * A message whose 8-bit text declares no encoding, in UTF-8: mail parsers take it for that. What has a declaration somewhere
 * keeps its body; its header, where 8-bit text never has one, goes by the body's.
 */
export function withKnownEncoding(bytes: Uint8Array): Uint8Array {
  if (isUtf8(bytes)) return bytes;
  const bodyStart = endOfHeader(bytes);
  const declared = declaredEncoding(bytes);
  const encoding = declared ?? textEncoding(bytes);
  if (encoding === undefined || encoding.startsWith('utf-')) return bytes;
  const foreign = declared === undefined ? bytes : bytes.subarray(0, bodyStart);
  if (isUtf8(foreign)) return bytes;
  return Buffer.concat([Buffer.from(decodeAs(encoding, withoutRawBytes(foreign, bodyStart))), bytes.subarray(foreign.length)]);
}

/** An encoded word says its own encoding, also of the bytes that its writer forgot to encode. */
function withoutRawBytes(bytes: Uint8Array, bodyStart: number): Uint8Array {
  const header = Buffer.from(bytes.subarray(0, bodyStart)).toString('latin1');
  const encoded = header.replace(/=\?[\w-]{1,40}\?q\?[^?\r\n]{1,1000}\?=/gi, (word) =>
    word.replace(/[\x80-\xff]/g, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase()}`),
  );
  return encoded === header ? bytes : Buffer.concat([Buffer.from(encoded, 'latin1'), bytes.subarray(bodyStart)]);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function endOfHeader(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    const next = bytes[at + 1] === 13 ? at + 2 : at + 1;
    if (bytes[next] === 10) return next;
  }
  return bytes.length;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const label = /charset\s*=\s*["']?([\w.:-]+)/i.exec(new TextDecoder('latin1').decode(bytes))?.[1];
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
