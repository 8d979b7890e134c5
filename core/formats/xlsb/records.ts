/** A record of a binary part ([MS-XLSB] 2.1.4): numbers of up to 2 and 4 bytes of 7 bits each say its type and length. */
export type Record12 = { type: number; data: Buffer };

/** Records of a part in order; one that is cut off ends it. */
export function* recordsIn(part: Uint8Array): Generator<Record12> {
  const stream = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  for (let at = 0; at < stream.length; ) {
    const type = variable(stream, at, 2);
    const length = variable(stream, type.end, 4);
    const end = length.end + length.value;
    if (length.end > stream.length || end > stream.length) return;
    yield { type: type.value, data: stream.subarray(length.end, end) };
    at = end;
  }
}

function variable(stream: Buffer, start: number, most: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < most; i++) {
    const byte = stream[start + i] ?? 0;
    value |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  return { value, end: start + most };
}

const ABSENT = 0xffffffff;

/** A text with its length in 4 bytes before it. */
export function wideString(data: Buffer, at: number): { text: string; end: number } {
  const count = data.readUInt32LE(at);
  if (count === ABSENT) return { text: '', end: at + 4 };
  const end = at + 4 + count * 2;
  if (end > data.length) throw new RangeError('a string goes beyond its record');
  return { text: data.toString('utf16le', at + 4, end), end };
}

/** Texts with formats or readings behind them have a byte that says so before them. */
export const richString = (data: Buffer, at: number): string => wideString(data, at + 1).text;
