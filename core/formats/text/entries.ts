import type { Element } from '#schemas/records/extracted.ts';
import { type Block, unwrap, widthOf } from './blocks.ts';

const MONTH = String.raw`(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\p{L}*\.?`;
const DATE = String.raw`(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|${MONTH} {1,2}\d{1,2}|\d{1,2}\.? ${MONTH}(?: \d{4})?)`;
const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]m| ?uhr| ?h)?(?:Z|[+-]\d{2}:?\d{2})?`;
/** A date, a time or both, and what sets them apart from the text. */
const STAMP = new RegExp(String.raw`^\s*[[(<]?(?:\p{L}{2,3}\.?,? )?(?:${DATE}(?:[T, ]+${TIME})?|${TIME})(?:[\])>:|,]|\s|$)`, 'iu');
const MIN_ENTRIES = 2;
const MIN_SHARE = 0.25;
/** A long log is cut into stretches of this many entries, so that it does not become a million paragraphs. */
const MANY_ENTRIES = 1_000;
const STRETCH = 20;

/** A log's entries, where a block is one: each begins with a stamp, and its further lines belong to it. */
export function logEntries(lines: Block): Element[] | undefined {
  const starts = lines.flatMap((line, i) => (STAMP.test(line) ? [i] : []));
  const first = starts[0] ?? 0;
  if (starts.length < MIN_ENTRIES || starts.length < lines.length * MIN_SHARE || first > 3) return undefined;
  const width = widthOf(lines);
  const texts = starts.map((start, i) => unwrap(lines.slice(start, starts[i + 1]), width));
  const size = texts.length > MANY_ENTRIES ? STRETCH : 1;
  const stretches = Array.from({ length: Math.ceil(texts.length / size) }, (_, i) => texts.slice(i * size, (i + 1) * size).join('\n'));
  const above = first === 0 ? [] : [unwrap(lines.slice(0, first))];
  return [...above, ...stretches].map((text): Element => ({ kind: 'paragraph', text }));
}
