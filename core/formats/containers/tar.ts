import { SluiceError } from '../../errors.ts';
import type { ParseContext } from '../index.ts';

const BLOCK = 512;
/** Type flags of the header (IEEE Std 1003.1, pax): files, and what describes the file that follows. */
const [FILE, OLD_FILE, CONTIGUOUS, PAX, LONG_NAME] = ['0', '\0', '7', 'x', 'L'];

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/\0.*$/s, '');

/** A number in octal, or, with the first bit set, in binary. */
function numberOf(bytes: Uint8Array): number {
  if ((bytes[0] ?? 0) & 0x80) return bytes.slice(1).reduce((value, byte) => value * 256 + byte, (bytes[0] ?? 0) & 0x7f);
  return Number.parseInt(text(bytes).trim() || '0', 8);
}

/** `length key=value\n` records of a pax header; the path alone is of use. */
function paxPath(bytes: Uint8Array): string | undefined {
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(new TextDecoder().decode(bytes.subarray(at, space)));
    if (space < 0 || !(length > 0)) return undefined;
    const record = new TextDecoder().decode(bytes.subarray(space + 1, at + length - 1));
    if (record.startsWith('path=')) return record.slice('path='.length);
    at += length;
  }
  return undefined;
}

/** The files of a tar archive by their paths, as written in it. Throws `truncated`, `corrupt` or `archive-bomb`. */
export function readTar(bytes: Uint8Array, { name, limits }: Pick<ParseContext, 'name' | 'limits'>): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = numberOf(header.subarray(124, 136));
    const end = at + BLOCK + size;
    if (!Number.isSafeInteger(size) || size < 0) throw new SluiceError('corrupt', `reading ${name}: a header of the tar archive is broken`);
    if (end > bytes.length) throw new SluiceError('truncated', `reading ${name}: the tar archive ends within a file`);
    const body = bytes.subarray(at + BLOCK, end);
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === PAX) longName = paxPath(body) ?? longName;
    else if (kind === LONG_NAME) longName = text(body);
    else {
      const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 500)) : '';
      const path = longName ?? `${prefix === '' ? '' : `${prefix}/`}${text(header.subarray(0, 100))}`;
      longName = undefined;
      // Links, devices and folders have no content of their own.
      if ([FILE, OLD_FILE, CONTIGUOUS].includes(kind) && path !== '' && !path.endsWith('/')) files.set(path, body);
      if (files.size > limits.maxEntries) throw new SluiceError('archive-bomb', `reading ${name}: more than ${limits.maxEntries} entries`);
    }
    at = end + ((BLOCK - (size % BLOCK)) % BLOCK);
  }
  return files;
}
