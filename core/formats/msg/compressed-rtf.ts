/** What the dictionary holds before the first byte ([MS-OXRTFCP] 2.1.2.1). */
const START =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const SIZE = 4096;
const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;

/** The rich text of a message's compressed body; undefined where it is no such body. A byte gives at most nine. */
export function decompressRtf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 16) return undefined;
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rawSize = source.readUInt32LE(4);
  const kind = source.readUInt32LE(8);
  if (kind === PLAIN) return source.subarray(16, 16 + rawSize);
  return kind === COMPRESSED ? inflate(source, Math.min(rawSize, source.length * 9)) : undefined;
}

function inflate(source: Buffer, size: number): Uint8Array {
  const dictionary = Buffer.alloc(SIZE);
  let write = dictionary.write(START, 'latin1');
  const out = Buffer.alloc(size);
  let length = 0;
  const put = (byte: number): void => {
    if (length < size) out[length++] = byte;
    dictionary[write] = byte;
    write = (write + 1) % SIZE;
  };
  for (let at = 16; at < source.length && length < size; ) {
    const control = source[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < source.length; bit++) {
      if ((control >> bit) & 1) {
        if (at + 2 > source.length) return out.subarray(0, length);
        const reference = source.readUInt16BE(at);
        at += 2;
        const from = reference >> 4;
        if (from === write) return out.subarray(0, length);
        for (let i = 0; i < (reference & 15) + 2; i++) put(dictionary[(from + i) % SIZE] ?? 0);
      } else put(source[at++] ?? 0);
    }
  }
  return out.subarray(0, length);
}
