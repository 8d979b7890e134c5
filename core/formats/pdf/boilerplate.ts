import type { Line, PageLayout } from './model.ts';

export type Boilerplate = 'header' | 'footer' | 'page-number' | 'notice';

/** How deep into a page, as a part of its height, a header or a footer may reach. */
const ZONE = 0.14;
/** Lines from a page's edge inwards that are looked at. */
const MAX_LINES = 6;
/** Repeated lines stand at the same height up to about this, in points. */
const SAME_HEIGHT = 6;
/** Larger than the body text by this factor, a repeated line is a title that goes on. */
const TITLE = 1.4;
const PAGE_NUMBER =
  /^(?:(?:page|seite|pagina|página|p\.|pg\.)\s*)?[[(–—-]?\s*(\d{1,5}|[ivxlc]{1,7})\s*[\])–—-]?(?:\s*(?:\/|of|von|de|sur|di|van)\s*\d{1,5})?$/iu;

/** How far from the lower edge of a page a number alone is its number, in points. */
const FOOT = 60;
/** Says what it is without the other pages. */
const PAGE_OF = /^(?:page|seite|pagina|página)\s+\d{1,5}\s+(?:of|von|de|sur|di|van)\s+\d{1,5}$/iu;
/** Where more of the lines than this would be furniture, the document is a deck or a form, and they are its content. */
const MAX_SHARE = 0.4;

const NUMBERED = /^(\d{1,4})\s+\p{L}|[\p{L})]\s+(\d{1,4})$/u;

type Edge = { line: Line; page: number; kind: 'header' | 'footer'; from: number; signature: string };

/** The lines at the edges of pages that other pages repeat, and page numbers. */
export function boilerplateOf(pages: readonly PageLayout[], bodySize: number): Map<Line, Boilerplate> {
  const edges = pages.flatMap((page) => [...edgeLines(page, 'header'), ...edgeLines(page, 'footer')]);
  const found = new Map<Line, Boilerplate>();
  const numbers = countingNumbers(edges, pages.length);
  const repeated = repeatedEdges(edges, pages.length, bodySize).union(numberedEdges(edges, bodySize));
  for (const own of Map.groupBy(edges, (edge) => `${edge.page} ${edge.kind}`).values()) {
    // From the edge inwards: what stands beyond a line of content is content.
    for (const edge of own) {
      const kind = numbers.has(edge) || isPlainNumber(edge) ? 'page-number' : repeated.has(edge) ? edge.kind : undefined;
      if (kind === undefined) break;
      found.set(edge.line, kind);
    }
  }
  for (const line of stamps(pages)) found.set(line, 'notice');
  const lines = pages.reduce((sum, { regions }) => sum + regions.reduce((own, { blocks }) => own + blocks.length, 0), 0);
  return found.size > lines * MAX_SHARE ? new Map() : found;
}

/** The outermost lines of a page, the outermost first. */
function edgeLines(page: PageLayout, kind: 'header' | 'footer'): Edge[] {
  const limit = page.height * ZONE;
  const edges = page.regions.flatMap((region) =>
    region.blocks.flatMap((block): Edge[] => {
      if (block.kind !== 'line' || block.hidden !== undefined) return [];
      const box = region.toPage(block);
      const from = kind === 'header' ? box.y0 : page.height - box.y1;
      return from > limit ? [] : [{ line: block, page: page.page, kind, from, signature: signatureOf(block.text) }];
    }),
  );
  return edges.sort((a, b) => a.from - b.from).slice(0, MAX_LINES);
}

const signatureOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\d+|\b[ivxlc]+\b/g, '#')
    .replace(/\s+/g, ' ')
    .trim();

const heightOf = ({ from }: Edge): number => Math.floor(from / SAME_HEIGHT);

/** Lines of the same words at the same height on enough pages, one of them nearby. */
function repeatedEdges(edges: readonly Edge[], pages: number, bodySize: number): Set<Edge> {
  const repeated = new Set<Edge>();
  const enough = pages < 6 ? 2 : 3;
  const isTitle = ({ line }: Edge): boolean => line.size > bodySize * TITLE;
  // "Chapter 1" and "Chapter 2" in large letters are two titles, not one header.
  const wordsOf = (edge: Edge): string => `${edge.kind} ${isTitle(edge) ? edge.line.text : edge.signature}`;
  for (const same of Map.groupBy(edges, wordsOf).values()) {
    if (same[0]?.signature === '') continue;
    const pagesAt = new Map([...Map.groupBy(same, heightOf)].map(([height, group]) => [height, new Set(group.map(({ page }) => page))]));
    for (const edge of same) {
      const height = heightOf(edge);
      const there = [height - 1, height, height + 1].flatMap((near) => pagesAt.get(near) ?? []);
      const total = there.reduce((sum, group) => sum + group.size, 0);
      const nearby = [-2, -1, 1, 2].some((step) => there.some((group) => group.has(edge.page + step)));
      if (nearby && total >= (isTitle(edge) ? Math.max(enough, pages * 0.6) : enough)) repeated.add(edge);
    }
  }
  return repeated;
}

/** Lines that are only a number, which goes up with the pages. */
function countingNumbers(edges: readonly Edge[], pages: number): Set<Edge> {
  const numbered = edges.flatMap((edge) => {
    const digits = PAGE_NUMBER.exec(edge.line.text.trim())?.[1];
    return digits === undefined ? [] : [{ edge, offset: numberOf(digits) - edge.page }];
  });
  const enough = Math.min(3, Math.max(2, Math.ceil(pages / 4)));
  const groups = Map.groupBy(numbered, ({ offset }) => offset).values();
  return new Set(
    [...groups].flatMap((group) => (new Set(group.map(({ edge }) => edge.page)).size >= enough ? group.map(({ edge }) => edge) : [])),
  );
}

/** Lines that end or begin with the page's number, at one height and in one size on several pages: running titles. */
function numberedEdges(edges: readonly Edge[], bodySize: number): Set<Edge> {
  const numbered = edges.flatMap((edge) => {
    if (edge.line.size > bodySize * TITLE) return [];
    const match = NUMBERED.exec(edge.line.text.trim());
    const number = Number(match?.[1] ?? match?.[2]);
    return Number.isNaN(number)
      ? []
      : [{ edge, key: `${edge.kind} ${number - edge.page} ${Math.round(edge.from / 4)} ${Math.round(edge.line.size)}` }];
  });
  const groups = [...Map.groupBy(numbered, ({ key }) => key).values()].filter((group) => group.length >= 3);
  return new Set(groups.flat().map(({ edge }) => edge));
}

/** A number alone at the foot of a page, or one that says that it counts pages, needs no other page to be known. */
const isPlainNumber = ({ line, kind, from }: Edge): boolean =>
  PAGE_OF.test(line.text.trim()) || (kind === 'footer' && from < FOOT && /^[-–—]?\s*\d{1,3}\s*[-–—]?$/.test(line.text.trim()));

/** Lines that lie askew over several pages: watermarks, stamps. */
function stamps(pages: readonly PageLayout[]): Line[] {
  const askew = pages.flatMap(({ regions }) => regions.filter((region) => region.askew).flatMap(({ blocks }) => blocks));
  const lines = askew.flatMap((block) => (block.kind === 'line' && block.hidden === undefined ? [block] : []));
  const groups = Map.groupBy(lines, (line) => `${line.text} ${Math.round(line.size)}`).values();
  return [...groups].filter((group) => group.length >= Math.min(3, pages.length) && group.length > 1).flat();
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function numberOf(digits: string): number {
  if (/^\d/.test(digits)) return Number(digits);
  const values = [...digits.toLowerCase()].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}
