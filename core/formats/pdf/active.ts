import { constants, inflateSync } from 'node:zlib';
import type { ActiveKind, TellActive } from '../active/content.ts';

/** Looked at together, with what a name at its end may go over. */
const WINDOW = 1 << 20;
const OVERLAP = 256;
/** Packed objects, and what each lot of them may inflate to. */
const MAX_PACKED = 20_000;
const MAX_INFLATED = 16 * 1024 * 1024;

/** Types of actions (ISO 32000-1, 12.6.4), and of annotations that play something. */
const ACTION = /\/(?:S|Subtype)\s*\/(JavaScript|Launch|SubmitForm|RichMedia)(?!\w)/g;
const KINDS: Readonly<Record<string, ActiveKind>> = {
  JavaScript: 'active-script',
  Launch: 'active-launch',
  SubmitForm: 'active-submit',
  RichMedia: 'active-control',
};

/** Characters of names may be written as numbers, which only those do who hide something. */
const plainNames = (text: string): string =>
  text.includes('#') ? text.replace(/#([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;

/**
 * Tells of a PDF file's actions by looking at its objects as they are written, those that are packed included: it finds them
 * wherever they hang, and in files that a reader has to repair. `scripts`: as many as the reader itself knows of.
 */
export function tellActivePdf(bytes: Uint8Array, scripts: number, tell: TellActive | undefined): void {
  if (tell === undefined) return;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts = new Map<ActiveKind, number>([['active-script', 0]]);
  const look = (text: string): void => {
    for (const [, action = ''] of plainNames(text).matchAll(ACTION)) {
      const kind = KINDS[action];
      if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  };
  for (let at = 0; at < file.length; at += WINDOW) look(file.toString('latin1', at, at + WINDOW + OVERLAP));
  for (const packed of packedObjects(file)) look(packed);
  for (const [kind, count] of counts) tell(kind, kind === 'active-script' ? Math.max(count, scripts) : count);
}

/** Object streams (7.5.7), inflated as far as they are whole. */
function* packedObjects(file: Buffer): Generator<string> {
  let at = 0;
  for (let found = 0; found < MAX_PACKED; found += 1) {
    const name = file.indexOf('/ObjStm', at, 'latin1');
    const start = name < 0 ? -1 : file.indexOf('stream', name, 'latin1');
    if (start < 0) return;
    const end = file.indexOf('endstream', start, 'latin1');
    at = end < 0 ? file.length : end;
    const first = start + 'stream'.length;
    const body = file.subarray(file[first] === 0x0d ? first + 2 : first + 1, at);
    yield inflated(body);
  }
}

function inflated(body: Buffer): string {
  try {
    return inflateSync(body, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_INFLATED }).toString('latin1');
  } catch {
    // Encrypted or broken: the reader's own count stands.
    return '';
  }
}
