import { SluiceError } from '../errors.ts';
import type { ContentHandle } from '../ports/content.ts';

/** A picture's width and height; one of its dots counts as a point. */
export type PictureSize = { width: number; height: number };
type Readable = Pick<ContentHandle, 'name' | 'size' | 'read'>;

/** More pages than a scanner makes of anything. */
const MAX_PAGES = 10_000;

/** The pictures in an image file, in order: one, but for a TIFF of many pages. Throws `corrupt` where its head says nothing. */
export async function picturesOf(content: Readable, format: string): Promise<PictureSize[]> {
  if (format === 'tiff') return tiffPages(content);
  const size = format === 'png' ? await pngSize(content) : await jpegSize(content);
  return [size];
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
async function tiffPages(content: Readable): Promise<PictureSize[]> {
  const head = await view(content, 0, 8);
  if (head.byteLength < 8) throw corrupt(content);
  const little = head.getUint16(0) === 0x4949;
  const pages: PictureSize[] = [];
  const seen = new Set<number>();
  for (let at = head.getUint32(4, little); at !== 0 && !seen.has(at) && pages.length < MAX_PAGES; ) {
    seen.add(at);
    const counted = await view(content, at, 2);
    if (counted.byteLength < 2) break;
    const length = counted.getUint16(0, little) * 12;
    const entries = await view(content, at + 2, length + 4);
    if (entries.byteLength < length + 4) break;
    pages.push({ width: entryOf(entries, length, IMAGE_WIDTH, little), height: entryOf(entries, length, IMAGE_LENGTH, little) });
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
