import { decodeCodePage } from '../rtf/code-pages.ts';
import type { Biff } from './records.ts';

/** Reads Unicode strings from a record and those that continue it; where one begins within text, it repeats how wide that is. */
export class StringReader {
  readonly #parts: readonly Buffer[];
  #part = 0;
  #at: number;

  constructor({ parts }: Pick<Biff, 'parts'>, offset: number) {
    this.#parts = parts;
    this.#at = offset;
  }

  get #rest(): number {
    return (this.#parts[this.#part]?.length ?? 0) - this.#at;
  }

  get done(): boolean {
    return this.#part >= this.#parts.length - 1 && this.#rest <= 0;
  }

  /** The next `length` bytes, which may go over into the next record. */
  #take(length: number): Buffer {
    const taken: Buffer[] = [];
    for (let missing = length; missing > 0; ) {
      if (this.#rest <= 0 && !this.#advance()) throw new RangeError('a string goes beyond its record');
      const part = this.#parts[this.#part]?.subarray(this.#at, this.#at + missing) ?? Buffer.alloc(0);
      taken.push(part);
      this.#at += part.length;
      missing -= part.length;
    }
    return taken.length === 1 ? (taken[0] ?? Buffer.alloc(0)) : Buffer.concat(taken);
  }

  #advance(): boolean {
    if (this.#part >= this.#parts.length - 1) return false;
    this.#part += 1;
    this.#at = 0;
    return true;
  }

  /** A string with its length in 1 or 2 bytes before it, without the formats and readings that follow it. */
  next(lengthBytes: 1 | 2 = 2): string {
    const count = lengthBytes === 1 ? this.#take(1).readUInt8() : this.#take(2).readUInt16LE();
    const flags = this.#take(1).readUInt8();
    const runs = flags & 8 ? this.#take(2).readUInt16LE() : 0;
    const extra = flags & 4 ? this.#take(4).readUInt32LE() : 0;
    const text = this.characters(count, (flags & 1) === 1);
    this.#skip(runs * 4 + extra);
    return text;
  }

  characters(count: number, isWide: boolean): string {
    let text = '';
    for (let missing = count, wide = isWide; missing > 0; ) {
      if (this.#rest <= 0) {
        if (!this.#advance()) throw new RangeError('a string goes beyond its record');
        wide = (this.#take(1).readUInt8() & 1) === 1;
      }
      const width = wide ? 2 : 1;
      const here = Math.min(missing, Math.max(1, Math.floor(this.#rest / width)));
      text += this.#take(here * width).toString(wide ? 'utf16le' : 'latin1');
      missing -= here;
    }
    return text;
  }

  #skip(length: number): void {
    for (let missing = length; missing > 0; ) {
      if (this.#rest <= 0 && !this.#advance()) return;
      const here = Math.min(missing, this.#rest);
      this.#at += here;
      missing -= here;
    }
  }
}

/** How strings within records are written: Unicode since Excel 97, in the workbook's code page before. */
export type Strings = (record: Biff, offset: number, lengthBytes?: 1 | 2) => string;

export const unicodeStrings: Strings = (record, offset, lengthBytes = 2) => new StringReader(record, offset).next(lengthBytes);

export const byteStrings =
  (codePage: () => number): Strings =>
  ({ parts: [data] }, offset, lengthBytes = 2) => {
    const count = lengthBytes === 1 ? data.readUInt8(offset) : data.readUInt16LE(offset);
    return decodeCodePage(data.subarray(offset + lengthBytes, offset + lengthBytes + count), codePage());
  };
