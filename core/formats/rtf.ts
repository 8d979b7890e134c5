import type { Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import { tellActiveRtf } from './active/office.ts';
import { carryRtfObjects } from './embedded/in-rtf.ts';
import type { ParseContext } from './index.ts';
import { RtfReader } from './rtf/reader.ts';

/** Rich text: paragraphs, headings by style or outline level, lists, tables, notes; pictures are left out. */
export function parseRtf(bytes: Uint8Array, context: ParseContext): Extracted {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  if (!/^(?:\xef\xbb\xbf)?\s*\{\\rtf/.test(head))
    throw new SluiceError('corrupt', `reading ${context.name}: it does not begin as rich text does`);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  tellActiveRtf(text, context.active);
  carryRtfObjects(text, context);
  const { elements, metadata, openGroups } = new RtfReader(bytes, context).read();
  const warnings = openGroups > 0 ? [{ code: 'truncated', message: `the file ends inside ${openGroups} open groups` }] : [];
  return { format: 'rtf', metadata, elements, warnings };
}
