/** Splits what one request cannot take, by number and by bytes, in order. What is too large by itself is a part of its own. */
export function inParts<T>(all: readonly T[], most: { count: number; bytes: number }, sizeOf: (one: T) => number): T[][] {
  const parts: T[][] = [];
  let bytes = 0;
  for (const one of all) {
    const size = sizeOf(one);
    const last = parts.at(-1);
    if (last && last.length < most.count && bytes + size <= most.bytes) last.push(one);
    else parts.push([one]);
    bytes = last && parts.at(-1) === last ? bytes + size : size;
  }
  return parts;
}
