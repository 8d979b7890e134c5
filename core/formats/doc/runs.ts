/** A stretch of the file that has the same properties: bytes from, and up to, and what the file says of them. */
export type Run = { from: number; to: number; properties: Buffer };

const PAGE = 512;
const NONE = Buffer.alloc(0);

/**
 * Runs of properties ([MS-DOC] 2.9.33 and 2.9.174): pages of 512 bytes, each with the bounds of its runs at its start and
 * their properties at its end. `entry` is the length of what stands for each run between them.
 */
export function readRuns(table: Buffer, stream: Buffer, entry: 1 | 13): Run[] {
  const count = Math.max(0, Math.floor((table.length - 4) / 8));
  const runs: Run[] = [];
  for (let i = 0; i < count; i++) {
    const page = stream.subarray((table.readUInt32LE((count + 1) * 4 + i * 4) & 0x3fffff) * PAGE).subarray(0, PAGE);
    if (page.length === PAGE) readPage(page, entry, runs);
  }
  return runs.sort((a, b) => a.from - b.from);
}

function readPage(page: Buffer, entry: 1 | 13, runs: Run[]): void {
  const count = Math.min(page.readUInt8(PAGE - 1), Math.floor((PAGE - 5) / (4 + entry)));
  for (let i = 0; i < count; i++) {
    const at = page.readUInt8((count + 1) * 4 + i * entry) * 2;
    runs.push({
      from: page.readUInt32LE(i * 4),
      to: page.readUInt32LE(i * 4 + 4),
      properties: at === 0 ? NONE : propertiesAt(page, at, entry),
    });
  }
}

/** Of characters the length stands in bytes, of paragraphs in pairs of them. */
function propertiesAt(page: Buffer, at: number, entry: 1 | 13): Buffer {
  const length = page.readUInt8(at);
  if (entry === 1) return page.subarray(at + 1, at + 1 + length);
  return length === 0 ? page.subarray(at + 2, at + 2 + 2 * page.readUInt8(at + 1)) : page.subarray(at + 1, at + 2 * length);
}

/** The run that a byte of the file lies in; -1: none. */
export function runAt(runs: readonly Run[], place: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run === undefined) return -1;
    if (place < run.from) high = middle - 1;
    else if (place >= run.to) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Properties one by one: their code and the bytes of their value ([MS-DOC] 2.2.5). */
export function* propertiesIn(list: Buffer): Generator<{ code: number; value: Buffer }> {
  for (let at = 0; at + 2 <= list.length; ) {
    const code = list.readUInt16LE(at);
    at += 2;
    const length = lengthOf(code, list, at);
    if (at + length.skip + length.bytes > list.length) return;
    yield { code, value: list.subarray(at + length.skip, at + length.skip + length.bytes) };
    at += length.skip + length.bytes;
  }
}

const TABLE_DEFINITION = 0xd608;
const FIXED_LENGTHS: readonly number[] = [1, 1, 2, 4, 2, 2, 0, 3];

function lengthOf(code: number, list: Buffer, at: number): { skip: number; bytes: number } {
  const kind = code >> 13;
  if (kind !== 6) return { skip: 0, bytes: FIXED_LENGTHS[kind] ?? 0 };
  if (code === TABLE_DEFINITION) return { skip: 2, bytes: Math.max(0, (at + 2 <= list.length ? list.readUInt16LE(at) : 0) - 1) };
  return { skip: 1, bytes: list[at] ?? 0 };
}
