import { SluiceError } from '../errors.ts';
import type { ContentHandle } from '../ports/content.ts';

/** A picture's width and height; one of its dots counts as a point. */
export type PictureSize = { width: number; height: number };
type Readable = Pick<ContentHandle, 'name' | 'size' | 'read'>;

/** More pages than a scanner makes of anything. */
const MAX_PAGES = 10_000;

/** The pictures in an image file, in order: one, but for a TIFF of many pages. Throws `corrupt` where its head says nothing. */
export async function picturesOf(content: Readable, format: string): Promise<PictureSize[]> {
  if (format === 'tiff') return (await tiffPages(content)).map(({ width, height }) => ({ width, height }));
  const read = SIZES[format];
  if (!read) throw corrupt(content);
  return [await read(content)];
}

/** A TIFF file that begins with one of its pages (from 1), for a reader that takes the first: pages are a chain, and its head moves. */
export async function beginningAt(content: Readable, bytes: Uint8Array, page: number): Promise<Uint8Array> {
  const found = (await tiffPages(content))[page - 1];
  if (!found) throw new SluiceError('corrupt', `reading ${content.name}: it has no page ${page}`);
  const moved = bytes.slice();
  new DataView(moved.buffer).setUint32(4, found.at, moved[0] === 0x49);
  return moved;
}

const view = async ({ read }: Readable, at: number, length: number): Promise<DataView> => {
  const bytes = await read(at, at + length);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

const corrupt = ({ name }: Readable): SluiceError => new SluiceError('corrupt', `reading ${name}: its head names no size`);

async function pngSize(content: Readable): Promise<PictureSize> {
  const head = await view(content, 16, 8);
  if (head.byteLength < 8) throw corrupt(content);
  return { width: head.getUint32(0), height: head.getUint32(4) };
}

/** The logical screen, which every frame lies within (GIF89a, section 18). */
async function gifSize(content: Readable): Promise<PictureSize> {
  const head = await view(content, 6, 4);
  if (head.byteLength < 4) throw corrupt(content);
  return { width: head.getUint16(0, true), height: head.getUint16(2, true) };
}

/** A negative height means rows from the top; the oldest heads have two bytes for each. */
async function bmpSize(content: Readable): Promise<PictureSize> {
  const head = await view(content, 14, 12);
  if (head.byteLength < 12) throw corrupt(content);
  if (head.getUint32(0, true) === 12) return { width: head.getUint16(4, true), height: head.getUint16(6, true) };
  return { width: Math.abs(head.getInt32(4, true)), height: Math.abs(head.getInt32(8, true)) };
}

/** Lossy, lossless and extended heads (RFC 9649, sections 2.5 to 2.7). */
async function webpSize(content: Readable): Promise<PictureSize> {
  const head = await view(content, 12, 18);
  if (head.byteLength < 18) throw corrupt(content);
  const kind = head.getUint32(0);
  if (kind === 0x56503858) return { width: 1 + uint24(head, 12), height: 1 + uint24(head, 15) };
  if (kind === 0x5650384c) {
    const packed = head.getUint32(9, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  return { width: head.getUint16(14, true) & 0x3fff, height: head.getUint16(16, true) & 0x3fff };
}

const uint24 = (head: DataView, at: number): number => head.getUint16(at, true) + head.getUint8(at + 2) * 0x10000;

const SIZES: Readonly<Record<string, (content: Readable) => Promise<PictureSize>>> = {
  png: pngSize,
  jpg: jpegSize,
  gif: gifSize,
  bmp: bmpSize,
  webp: webpSize,
};

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Walks JPEG segments to the frame header (ITU-T T.81, B.2.2). */
async function jpegSize(content: Readable): Promise<PictureSize> {
  for (let at = 2; at < content.size; ) {
    const segment = await view(content, at, 9);
    if (segment.byteLength < 9 || segment.getUint8(0) !== 0xff) break;
    const marker = segment.getUint8(1);
    if (isFrame(marker)) return { width: segment.getUint16(7), height: segment.getUint16(5) };
    at += marker === 0xff ? 1 : 2 + segment.getUint16(2);
  }
  throw corrupt(content);
}

const [IMAGE_WIDTH, IMAGE_LENGTH] = [0x100, 0x101];

/** Walks the chain of image file directories (TIFF 6.0, section 2). */
async function tiffPages(content: Readable): Promise<(PictureSize & { at: number })[]> {
  const head = await view(content, 0, 8);
  if (head.byteLength < 8) throw corrupt(content);
  const little = head.getUint16(0) === 0x4949;
  const pages: (PictureSize & { at: number })[] = [];
  const seen = new Set<number>();
  for (let at = head.getUint32(4, little); at !== 0 && !seen.has(at) && pages.length < MAX_PAGES; ) {
    seen.add(at);
    const counted = await view(content, at, 2);
    if (counted.byteLength < 2) break;
    const length = counted.getUint16(0, little) * 12;
    const entries = await view(content, at + 2, length + 4);
    if (entries.byteLength < length + 4) break;
    pages.push({ at, width: entryOf(entries, length, IMAGE_WIDTH, little), height: entryOf(entries, length, IMAGE_LENGTH, little) });
    at = entries.getUint32(length, little);
  }
  if (pages.length === 0) throw corrupt(content);
  return pages;
}

/** A directory's number of a tag, which is 2 or 4 bytes wide. */
function entryOf(entries: DataView, length: number, tag: number, little: boolean): number {
  for (let at = 0; at < length; at += 12) {
    if (entries.getUint16(at, little) === tag) {
      return entries.getUint16(at + 2, little) === 3 ? entries.getUint16(at + 8, little) : entries.getUint32(at + 8, little);
    }
  }
  return 1;
}
