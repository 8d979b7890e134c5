import { decodeAs, decodeText } from '../encoding.ts';

/** Where browsers look for the declaration, and a little further. */
const HEAD_BYTES = 4096;

/** A page's text: by its mark or form when that is plain, else by what it declares, else by its letters. */
export function decodeHtml(bytes: Uint8Array, name: string): { text: string; broken: number } {
  const declared = declaredEncoding(bytes);
  if (declared === undefined || hasMark(bytes) || isUtf8(bytes)) return decodeText(bytes, name);
  const text = decodeAs(declared, bytes);
  return { text, broken: 0 };
}

const hasMark = ([a, b]: Uint8Array): boolean => (a === 0xef && b === 0xbb) || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A declaration that could be read as ASCII cannot be right about UTF-16. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const label =
    /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1];
  if (label === undefined || /^utf-?(?:16|32)/i.test(label)) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
