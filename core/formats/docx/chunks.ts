import { SluiceError } from '#core/errors.ts';
import type { Element } from '#schemas/records/extracted.ts';
import type { Collector } from '../collect.ts';
import type { Parse, ParseContext } from '../index.ts';
import type { OfficePackage, Relation } from '../ooxml.ts';

/** How much less deep a document in a document may nest, so that a chain of them ends. */
const DEPTH_SHARE = 4;
const LEAST_DEPTH = 20;

/** What programs that compose documents leave for Word to convert when it opens the file; loaded only where there is any. */
const PARSERS: Readonly<Record<string, () => Promise<Parse>>> = {
  html: async () => (await import('../html.ts')).parseHtml,
  mht: async () => (await import('../mail.ts')).parseMail,
  rtf: async () => (await import('../rtf.ts')).parseRtf,
  txt: async () => (await import('../text.ts')).parseText,
  docx: async () => (await import('../docx.ts')).parseDocx,
};
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\.x?html?$/i, 'html'],
  [/\.(?:mht|mhtml|eml)$/i, 'mht'],
  [/\.rtf$/i, 'rtf'],
  [/\.txt$/i, 'txt'],
  [/\.do[ct][xm]$/i, 'docx'],
];

/** The elements of whole files of other formats that stand in a document, by the ids of their relations. */
export async function readChunks(office: OfficePackage, relations: readonly Relation[], out: Collector): Promise<Map<string, Element[]>> {
  const chunks = new Map<string, Element[]>();
  for (const { id, type, target, external } of relations) {
    if (!/^afchunk$/i.test(type) || external) continue;
    const elements = await chunkElements(office, target);
    if (elements === undefined) out.warn('broken-part', `${target} cannot be read`);
    else chunks.set(id, elements);
  }
  return chunks;
}

async function chunkElements({ zip, context }: OfficePackage, path: string): Promise<Element[] | undefined> {
  const load = PARSERS[KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? ''];
  const maxDepth = Math.floor(context.limits.maxDepth / DEPTH_SHARE);
  const inner: ParseContext = { ...context, limits: { ...context.limits, maxDepth } };
  if (load === undefined || maxDepth < LEAST_DEPTH) return undefined;
  const parse = await load();
  try {
    const part = await zip.read(path);
    return part === undefined ? undefined : (await parse(part, inner)).elements;
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code === 'archive-bomb') throw error;
    return undefined;
  }
}
