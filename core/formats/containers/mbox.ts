import { createHash } from 'node:crypto';
import { SluiceError } from '../../errors.ts';
import type { ParseLimits } from '../index.ts';

/** The line between messages (RFC 4155): who sent it and when, after a blank line. */
const DIVIDER = /(?:^|\r?\n\r?\n)From \S[^\r\n]*\d\d:\d\d[^\r\n]*\d{4}[^\r\n]*\r?\n/g;
const MESSAGE_ID = /^message-id:\s*(\S+)/im;
/** Headers are looked for within this many characters. */
const HEAD = 20_000;

/** Lines of a message that would look like a divider were written with `>` before them. */
const unquoted = (text: string): string => text.replace(/^>(>*From )/gm, '$1');

/**
 * The messages of a mailbox, each named by its id: one that is taken out of a mailbox leaves the names of the others as they
 * are. Throws `corrupt` where there is none, and `archive-bomb`.
 */
export function readMbox(bytes: Uint8Array, { name, limits }: { name: string; limits: ParseLimits }): Map<string, Uint8Array> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const dividers = [...text.matchAll(DIVIDER)];
  if (dividers.length === 0) throw new SluiceError('corrupt', `reading ${name}: a mailbox without a message`);
  if (dividers.length > limits.maxEntries)
    throw new SluiceError('archive-bomb', `reading ${name}: more than ${limits.maxEntries} messages`);
  const messages = new Map<string, Uint8Array>();
  dividers.forEach((divider, i) => {
    const message = unquoted(text.slice(divider.index + divider[0].length, dividers[i + 1]?.index ?? text.length));
    const id = MESSAGE_ID.exec(message.slice(0, HEAD))?.[1] ?? message;
    const base = createHash('sha256').update(id, 'latin1').digest('hex').slice(0, 16);
    let path = `${base}.eml`;
    for (let copy = 2; messages.has(path); copy++) path = `${base}-${copy}.eml`;
    messages.set(path, Buffer.from(message, 'latin1'));
  });
  return messages;
}
