import type { Storage } from '../compound-file.ts';
import { decodeCodePage } from '../rtf/code-pages.ts';
import { fileTime } from '../summary-properties.ts';

/** Tags of the properties that are read ([MS-OXPROPS]). */
export const Tag = {
  MessageClass: 0x001a,
  Subject: 0x0037,
  SubmitTime: 0x0039,
  SenderName: 0x0c1a,
  SenderAddress: 0x0c1f,
  DisplayCc: 0x0e03,
  DisplayTo: 0x0e04,
  DeliveryTime: 0x0e06,
  Body: 0x1000,
  RtfCompressed: 0x1009,
  Html: 0x1013,
  AttachData: 0x3701,
  AttachName: 0x3704,
  AttachLongName: 0x3707,
  AttachMime: 0x370e,
  AttachContentId: 0x3712,
  InternetCodePage: 0x3fde,
  CodePage: 0x3ffd,
  SenderSmtp: 0x5d01,
  AttachHidden: 0x7ffe,
} as const;

const Type = { Int32: '0003', Time: '0040', String8: '001E', Unicode: '001F', Binary: '0102', Object: '000D' } as const;

export type Properties = {
  /** A text in whichever form it is kept; '' if it is not there. */
  text(tag: number): string;
  bytes(tag: number): Uint8Array | undefined;
  number(tag: number): number | undefined;
  /** ISO 8601. */
  time(tag: number): string | undefined;
  /** A property that is itself a folder: a message within the message. */
  folder(tag: number): Storage | undefined;
};

const FIXED = '__properties_version1.0';
const hex = (tag: number): string => tag.toString(16).toUpperCase().padStart(4, '0');
const nameOf = (tag: number, type: string): string => `__substg1.0_${hex(tag)}${type}`;

/** Numbers and times by tag and type; what stands before them is 32 bytes long in a message, 24 in one within another, else 8. */
function fixedOf(folder: Storage, header: number): Map<string, Buffer> {
  const values = new Map<string, Buffer>();
  const stream = folder.read(FIXED);
  if (stream === undefined) return values;
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = header; at + 16 <= bytes.length; at += 16) {
    const type = bytes.readUInt16LE(at).toString(16).toUpperCase().padStart(4, '0');
    values.set(`${hex(bytes.readUInt16LE(at + 2))}${type}`, bytes.subarray(at + 8, at + 16));
  }
  return values;
}

export function propertiesOf(folder: Storage, header: 8 | 24 | 32, codePage = 1252): Properties {
  const fixed = fixedOf(folder, header);
  const number = (tag: number) => fixed.get(`${hex(tag)}${Type.Int32}`)?.readInt32LE();
  const page = number(Tag.CodePage) ?? codePage;
  return {
    number,
    text(tag) {
      const wide = folder.read(nameOf(tag, Type.Unicode));
      if (wide !== undefined) return Buffer.from(wide).toString('utf16le').replace(/\0+$/, '');
      const narrow = folder.read(nameOf(tag, Type.String8));
      return narrow === undefined ? '' : decodeCodePage(narrow, page).replace(/\0+$/, '');
    },
    bytes: (tag) => folder.read(nameOf(tag, Type.Binary)),
    time(tag) {
      const value = fixed.get(`${hex(tag)}${Type.Time}`);
      return value === undefined ? undefined : fileTime(value.readBigUInt64LE());
    },
    folder: (tag) => folder.storages.get(nameOf(tag, Type.Object)),
  };
}
