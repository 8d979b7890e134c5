/** A record of a workbook stream ([MS-XLS] 2.1.4): its own bytes first, then those of the records that continue it. */
export type Biff = { type: number; parts: [Buffer, ...Buffer[]] };

export const BOF = 0x0809;
export const EOF = 0x000a;
const CONTINUE = 0x003c;

/** Records from an offset to the end of the stream; one that is cut off ends it. */
export function* recordsFrom(stream: Buffer, start: number): Generator<Biff> {
  let open: Biff | undefined;
  for (let at = start; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    const data = stream.subarray(at + 4, at + 4 + length);
    if (data.length < length) break;
    at += 4 + length;
    if (type === CONTINUE && open !== undefined) open.parts.push(data);
    else {
      if (open !== undefined) yield open;
      open = { type, parts: [data] };
    }
  }
  if (open !== undefined) yield open;
}

/** Records of the substream that begins at an offset, up to its end; those of charts and the like within it come with their depth. */
export function* substream(stream: Buffer, start: number): Generator<Biff & { depth: number }> {
  let depth = 0;
  for (const record of recordsFrom(stream, start)) {
    if (record.type === BOF) depth += 1;
    yield { ...record, depth };
    if (record.type === EOF) depth -= 1;
    if (depth <= 0) return;
  }
}
