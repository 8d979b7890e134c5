import { analyse } from 'chardet';
import { SluiceError } from '../errors.ts';

/** Bytes that are looked at to tell text from binary, and to guess a legacy code page. */
const SAMPLE = 64 * 1024;

/** A word or two say too little to guess by, in percent; then the most frequent legacy code page is taken. */
const MIN_CONFIDENCE = 20;
const LIKELIEST = 'windows-1252';

const BOMS: readonly [encoding: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The encoding of text by its byte order mark, its form and, for legacy code pages, the frequency of its letters;
 * undefined if the bytes are no text. Judged by the first 64 KB, and by the first bytes beyond ASCII.
 */
export function textEncoding(bytes: Uint8Array): string | undefined {
  const marked = BOMS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return marked[0];
  const sample = bytes.subarray(0, SAMPLE);
  const wide = wideEncoding(sample);
  const encoding = wide ?? narrowEncoding(bytes, sample);
  return encoding !== undefined && isReadable(decodeAs(encoding, sample)) ? encoding : undefined;
}

/** Text of bytes in whatever encoding they are; throws `unsupported-encoding` if they are none that is known. */
export function decodeText(bytes: Uint8Array, name: string): { text: string; encoding: string; broken: number } {
  const encoding = textEncoding(bytes);
  if (encoding === undefined) throw new SluiceError('unsupported-encoding', `reading ${name}: its bytes are text in no known encoding`);
  const text = decodeAs(encoding, bytes);
  return { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, encoding, broken: countOf(text, '\uFFFD') };
}

/** Decodes by a label of the Encoding Standard, UTF-32 besides; what is broken becomes U+FFFD. */
export function decodeAs(encoding: string, bytes: Uint8Array): string {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(bytes, encoding === 'utf-32le');
  return new TextDecoder(encoding).decode(bytes);
}

/** Unicode in units of 2 or 4 bytes without a mark: where the zero bytes of mostly Latin text stand tells which. */
function wideEncoding(sample: Uint8Array): string | undefined {
  const zeros = [0, 0, 0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 4] = (zeros[i % 4] ?? 0) + 1;
  const quarter = Math.max(1, sample.length / 4);
  const [a = 0, b = 0, c = 0, d = 0] = zeros.map((count) => count / quarter);
  if (a < 0.1 && b > 0.5 && c > 0.9 && d > 0.9) return 'utf-32le';
  if (a > 0.9 && b > 0.9 && c > 0.5 && d < 0.1) return 'utf-32be';
  if (b > 0.4 && d > 0.4 && a < 0.1 && c < 0.1) return 'utf-16le';
  if (a > 0.4 && c > 0.4 && b < 0.1 && d < 0.1) return 'utf-16be';
  return undefined;
}

function narrowEncoding(bytes: Uint8Array, sample: Uint8Array): string | undefined {
  // No text begins with zeros, while the header of a pale bitmap can be its only control characters.
  if (sample.subarray(0, 32).includes(0)) return undefined;
  if (hasIso2022Escapes(sample)) return 'iso-2022-jp';
  const beyondAscii = bytes.findIndex((byte) => byte > 0x7f);
  if (beyondAscii === -1) return 'utf-8';
  const end = Math.min(bytes.length, beyondAscii + SAMPLE);
  const window = bytes.subarray(Math.max(0, beyondAscii - 1024), end);
  if (isMostlyUtf8(window, end < bytes.length)) return 'utf-8';
  const [guess] = analyse(window).filter(({ name }) => name !== 'UTF-8' && name !== 'ASCII');
  if (guess === undefined || guess.confidence < MIN_CONFIDENCE) return LIKELIEST;
  try {
    return new TextDecoder(guess.name).encoding;
  } catch {
    return undefined;
  }
}

/** Japanese mail's 7-bit encoding, which is valid ASCII to everyone else. */
function hasIso2022Escapes(sample: Uint8Array): boolean {
  for (let at = sample.indexOf(0x1b); at !== -1; at = sample.indexOf(0x1b, at + 1)) {
    if (sample[at + 1] === 0x24 && (sample[at + 2] === 0x42 || sample[at + 2] === 0x40)) return true;
  }
  return false;
}

/** UTF-8 with a broken byte here and there (a cut, a paste) is still UTF-8. */
function isMostlyUtf8(window: Uint8Array, goesOn: boolean): boolean {
  const text = new TextDecoder('utf-8').decode(window, { stream: goesOn });
  let good = 0;
  let bad = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0xfffd) bad++;
    else if (unit > 0x7f) good++;
  }
  return bad === 0 || good > bad * 20;
}

/** Text has few control characters besides line ends, tabs, page breaks and escapes. */
function isReadable(sample: string): boolean {
  let controls = 0;
  for (let i = 0; i < sample.length; i++) {
    const unit = sample.charCodeAt(i);
    if ((unit < 0x20 && unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13 && unit !== 27 && unit !== 8) || unit === 0x7f) controls++;
  }
  return controls <= sample.length * 0.02;
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const units: number[] = [];
    for (; at + 4 <= bytes.length && units.length < 8192; at += 4) {
      const point = view.getUint32(at, littleEndian);
      units.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0xfffd : point);
    }
    parts.push(String.fromCodePoint(...units));
  }
  return parts.join('');
}

function countOf(text: string, needle: string): number {
  let count = 0;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) count++;
  return count;
}
