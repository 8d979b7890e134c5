import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import { elementsOf, textOf, type XmlNode } from './xml-tree.ts';

const isoDate = (text: string | undefined): string | undefined => {
  if (text === undefined || !/^\d{4}(-\d{2}(-\d{2})?)?/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};

/** The element names under which a format keeps what Dublin Core does not settle; the first that is there wins. */
export type PropertyNames = { author: readonly string[]; created: readonly string[]; modified: readonly string[] };

export const OOXML_PROPERTIES: PropertyNames = { author: ['creator'], created: ['created'], modified: ['modified'] };

/** In OpenDocument `creator` and `date` are the last change's. */
export const ODF_PROPERTIES: PropertyNames = { author: ['initial-creator', 'creator'], created: ['creation-date'], modified: ['date'] };

/** Document properties written as one element each. Fields that are missing or empty are left out. */
export function metadataFrom(root: XmlNode | undefined, names: PropertyNames): DocumentMetadata {
  const fields = new Map<string, string[]>();
  for (const node of root === undefined ? [] : elementsOf(root)) {
    const value = textOf(node).replace(/\s+/g, ' ').trim();
    if (value !== '') fields.set(node.name, [...(fields.get(node.name) ?? []), value]);
  }
  const first = (...candidates: readonly string[]) => candidates.map((name) => fields.get(name)?.[0]).find((value) => value !== undefined);
  const keywords = [...(fields.get('keywords') ?? []), ...(fields.get('keyword') ?? [])]
    .flatMap((k) => k.split(/[,;]/))
    .map((k) => k.trim());
  const found = {
    title: first('title'),
    author: first(...names.author),
    created: isoDate(first(...names.created)),
    modified: isoDate(first(...names.modified)),
    language: first('language'),
    subject: first('subject'),
  };
  const metadata: DocumentMetadata = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  const said = keywords.filter((keyword) => keyword !== '');
  return said.length === 0 ? metadata : { ...metadata, keywords: said };
}
