import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';

const TAG = 16;
/** Folders that are remembered: the files of one share what it is sealed as. */
const FOLDERS = 20_000;

/** What names a document, as it stands on the disk. */
export type Sealing = {
  /**
   * Part by part, so that all that lies in a folder begins with the folder as it is sealed. The same path is always sealed the same;
   * the same name in two folders is not.
   */
  sealPath(path: string): string;
  openPath(sealed: string): string;
  /** `about`: what it belongs to; under another one it does not open. */
  seal(text: string, about: string): string;
  open(sealed: string, about: string): string;
};

/** Before every sealed text: what begins otherwise was never sealed. */
const SEALED = 'sealed:';

function remembered(make: (folder: string) => string): (folder: string) => string {
  const known = new Map<string, string>();
  return (folder) => {
    const found = known.get(folder);
    if (found !== undefined) return found;
    if (known.size >= FOLDERS) known.clear();
    const made = make(folder);
    known.set(folder, made);
    return made;
  };
}

function partsOf(whole: string): { folder: string | undefined; name: string } {
  const at = whole.lastIndexOf(path.sep);
  return { folder: at < 0 ? undefined : whole.slice(0, at), name: whole.slice(at + 1) };
}

/**
 * Encryption under keys that are derived from the store key. Always the same for the same text, so that it can be looked up: AES-256-CTR
 * from a start that is the HMAC of the text and of what it belongs to, which also proves it when it is opened (the scheme of SIV,
 * RFC 5297, which Node's own crypto does not have).
 */
export function sealingUnder(storeKey: Uint8Array): Sealing {
  const derived = Buffer.from(hkdfSync('sha256', storeKey, '', 'sluice names on disk', 64));
  const [mac, key] = [createSecretKey(derived.subarray(0, 32)), createSecretKey(derived.subarray(32))];
  const tagOf = (text: string, about: string): Buffer =>
    createHmac('sha256', mac).update(`${about}\u0000${text}`).digest().subarray(0, TAG);

  function encrypt(text: string, about: string): string {
    const tag = tagOf(text, about);
    return Buffer.concat([tag, createCipheriv('aes-256-ctr', key, tag).update(text, 'utf8')]).toString('base64url');
  }
  function decrypt(sealed: string, about: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const tag = bytes.subarray(0, TAG);
    const text = tag.length < TAG ? '' : createDecipheriv('aes-256-ctr', key, tag).update(bytes.subarray(TAG), undefined, 'utf8');
    if (tag.length < TAG || !tagOf(text, about).equals(tag))
      throw new SluiceError('data-dir-corrupt', 'reading the index: a name in it does not open under its key');
    return text;
  }
  const sealFolder = remembered((folder) => sealPath(folder));
  const openFolder = remembered((folder) => openPath(folder));

  /** Of an empty part there is nothing to hide. */
  function sealPath(given: string): string {
    const { folder, name } = partsOf(given);
    const above = folder === undefined ? '' : sealFolder(folder) + path.sep;
    return name === '' ? above : above + encrypt(name, above);
  }
  function openPath(sealed: string): string {
    const { folder, name } = partsOf(sealed);
    const above = folder === undefined ? '' : openFolder(folder) + path.sep;
    return name === '' ? above : above + decrypt(name, folder === undefined ? '' : folder + path.sep);
  }
  return {
    sealPath,
    openPath,
    seal: (text, about) => SEALED + encrypt(text, about),
    open: (sealed, about) => (sealed.startsWith(SEALED) ? decrypt(sealed.slice(SEALED.length), about) : sealed),
  };
}
