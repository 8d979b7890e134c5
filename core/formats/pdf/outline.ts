import type { Pdfium } from './pdfium.ts';

/** An entry of the outline that viewers show beside the pages; `page` and `depth` count from 1. */
export type OutlineEntry = { title: string; page: number; depth: number };

/** More is no outline; deeper headings there are none. */
const MAX_ENTRIES = 5_000;
const MAX_DEPTH = 6;

/** The document's outline in order; entries that lead to no page of it are left out. */
export function outlineOf({ call, text16 }: Pdfium, document: number): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const seen = new Set<number>();
  const visit = (parent: number, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    for (let at = call.FPDFBookmark_GetFirstChild(document, parent); at !== 0; at = call.FPDFBookmark_GetNextSibling(document, at)) {
      // An entry may name itself as its next one.
      if (seen.has(at) || seen.size >= MAX_ENTRIES) return;
      seen.add(at);
      const bookmark = at;
      const title = text16((buffer, size) => call.FPDFBookmark_GetTitle(bookmark, buffer, size)).trim();
      const page = call.FPDFDest_GetDestPageIndex(document, destinationOf(bookmark)) + 1;
      if (title !== '' && page > 0) entries.push({ title, page, depth });
      visit(bookmark, depth + 1);
    }
  };
  const destinationOf = (bookmark: number): number => {
    const own = call.FPDFBookmark_GetDest(document, bookmark);
    return own === 0 ? call.FPDFAction_GetDest(document, call.FPDFBookmark_GetAction(bookmark)) : own;
  };
  visit(0, 1);
  return entries;
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Answers the level of a text that the outline names on this page: what its author calls a heading is one, whatever it looks
 * like. A number before it may stand in one of the two only.
 */
export function outlineLevels(entries: readonly OutlineEntry[]): (text: string, page: number) => number | undefined {
  const levels = new Map<string, number>();
  const keyOf = (text: string, page: number): string => `${page} ${lettersOf(text)}`;
  for (const { title, page, depth } of entries) {
    for (const form of [title, unnumbered(title)]) {
      const key = keyOf(form, page);
      if (lettersOf(form) !== '' && !levels.has(key)) levels.set(key, depth);
    }
  }
  return (text, page) => (levels.size === 0 ? undefined : (levels.get(keyOf(text, page)) ?? levels.get(keyOf(unnumbered(text), page))));
}

const unnumbered = (text: string): string => text.replace(/^\s*(?:\p{N}+(?:\.\p{N}+)*\.?|[A-Z]\.)\s+/u, '');
