import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import type { Storage } from './compound-file.ts';
import { decodeCodePage } from './rtf/code-pages.ts';

const Property = { CodePage: 1, Title: 2, Subject: 3, Author: 4, Keywords: 5, Created: 12, Saved: 13 } as const;
const Type = { I2: 2, String: 30, WideString: 31, FileTime: 64 } as const;

/** Milliseconds from 1601, where Windows starts to count, to 1970. */
const EPOCH = 11_644_473_600_000;

/** A count of 100 ns since 1601 as an ISO date; undefined where it is none that a document can have. */
export function fileTime(value: bigint): string | undefined {
  const time = Number(value / 10_000n) - EPOCH;
  return time > 0 && time < 4e12 ? new Date(time).toISOString() : undefined;
}

type Value = string | number;

function readValue(section: Buffer, at: number, codePage: number): Value | undefined {
  const type = section.readUInt32LE(at);
  if (type === Type.I2) return section.readUInt16LE(at + 4);
  if (type === Type.FileTime) return fileTime(section.readBigUInt64LE(at + 4));
  const length = section.readUInt32LE(at + 4);
  if (type === Type.WideString) return section.toString('utf16le', at + 8, at + 8 + length * 2);
  if (type !== Type.String) return undefined;
  const bytes = section.subarray(at + 8, at + 8 + length);
  return codePage === 1200 ? bytes.toString('utf16le') : decodeCodePage(bytes, codePage);
}

function readSection(stream: Buffer): Map<number, Value> {
  const section = stream.subarray(stream.readUInt32LE(44));
  const values = new Map<number, Value>();
  const count = Math.min(section.readUInt32LE(4), 200);
  const places = Array.from({ length: count }, (_, i) => ({ id: section.readUInt32LE(8 + i * 8), at: section.readUInt32LE(12 + i * 8) }));
  const pageAt = places.find(({ id }) => id === Property.CodePage)?.at;
  const codePage = pageAt === undefined ? 1252 : section.readUInt16LE(pageAt + 4);
  for (const { id, at } of places) {
    const value = readValue(section, at, codePage);
    if (value !== undefined) values.set(id, value);
  }
  return values;
}

/** Title, author and dates that an OLE2 document states ([MS-OLEPS]); nothing where they are missing or broken. */
export function summaryProperties(file: Storage): DocumentMetadata {
  const stream = file.read('\u0005SummaryInformation');
  if (stream === undefined) return {};
  let values: Map<number, Value>;
  try {
    values = readSection(Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength));
  } catch (error) {
    if (error instanceof RangeError) return {};
    throw error;
  }
  const text = (id: number): string =>
    String(values.get(id) ?? '')
      .replaceAll('\0', '')
      .trim();
  const keywords = text(Property.Keywords)
    .split(/[,;]/)
    .map((keyword) => keyword.trim())
    .filter((keyword) => keyword !== '');
  const found = {
    title: text(Property.Title),
    author: text(Property.Author),
    subject: text(Property.Subject),
    created: text(Property.Created),
    modified: text(Property.Saved),
  };
  const metadata: DocumentMetadata = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''));
  return keywords.length === 0 ? metadata : { ...metadata, keywords };
}
