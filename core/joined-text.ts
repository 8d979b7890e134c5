/** What is read a stretch at a time: a string, or many that are never put together. */
export type Sliceable = { readonly length: number; slice(start: number, end: number): string };

/** Texts one after the other with a border between each two, without a copy of all of them in memory. */
export class JoinedText implements Sliceable {
  readonly length: number;
  private readonly parts: readonly string[];
  private readonly border: string;
  /** Where each part begins. */
  private readonly starts: Float64Array;

  constructor(parts: readonly string[], border: string) {
    this.parts = parts;
    this.border = border;
    this.starts = new Float64Array(parts.length);
    let next = 0;
    for (const [i, part] of parts.entries()) {
      this.starts[i] = next;
      next += part.length + border.length;
    }
    this.length = Math.max(0, next - border.length);
  }

  /** Both at least 0. */
  slice(start: number, end: number): string {
    if (start >= Math.min(end, this.length)) return '';
    const first = this.partAt(start);
    const found: string[] = [];
    for (let i = first; i < this.parts.length && this.startOf(i) < end; i++)
      found.push((this.parts[i] ?? '').slice(Math.max(0, start - this.startOf(i)), end - this.startOf(i)));
    // What begins within a border has none of the part before it.
    const skipped = Math.max(0, start - this.startOf(first) - (this.parts[first] ?? '').length);
    const text = found.length > 1 || skipped > 0 ? found.join(this.border) : (found[0] ?? '');
    return `${text}${this.border}`.slice(skipped, skipped + Math.min(end, this.length) - start);
  }

  /** Where a part stands. */
  stretchOf(part: number): { start: number; end: number } {
    const start = this.startOf(part);
    return { start, end: start + (this.parts[part] ?? '').length };
  }

  private startOf(part: number): number {
    return this.starts[part] ?? this.length;
  }

  /** The last part that begins at an offset or before it. */
  private partAt(offset: number): number {
    let [low, high] = [0, this.parts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
