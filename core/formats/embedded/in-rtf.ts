import type { ParseContext } from '../index.ts';
import { carryObjectBytes, packagedFile } from './objects.ts';

const EMBEDDED = 2;

/** Hands on the objects in rich text: hexadecimal, each a header with the program's name and then its bytes ([MS-OLEDS] 2.2.5). */
export function carryRtfObjects(text: string, context: ParseContext): void {
  if (context.carry === undefined) return;
  let count = 0;
  for (const [, hex = ''] of text.matchAll(/\\objdata(?![a-z])\s*((?:[\da-f\s])+)/gi)) {
    const data = Buffer.from(hex.replace(/\s+/g, ''), 'hex');
    const object = nativeData(data);
    if (object === undefined) continue;
    count += 1;
    const name = `object${count}`;
    const wrapped = object.program === 'Package' ? packagedFile(object.body) : undefined;
    if (wrapped) context.carry(wrapped.name || name, wrapped.bytes);
    else carryObjectBytes(object.body, name, context);
  }
}

function nativeData(data: Buffer): { program: string; body: Buffer } | undefined {
  if (data.length < 12 || data.readUInt32LE(4) !== EMBEDDED) return undefined;
  let at = 8;
  const texts: string[] = [];
  for (let i = 0; i < 3; i++) {
    if (at + 4 > data.length) return undefined;
    const length = data.readUInt32LE(at);
    texts.push(data.toString('latin1', at + 4, at + 4 + Math.max(0, length - 1)));
    at += 4 + length;
  }
  if (at + 4 > data.length) return undefined;
  return { program: texts[0] ?? '', body: data.subarray(at + 4, at + 4 + data.readUInt32LE(at)) };
}
