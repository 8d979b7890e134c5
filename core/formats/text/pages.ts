/** A page of a text for a line printer: its running lines apart from its text. */
export type Page = { text: string; header: string | undefined; footer: string | undefined };

/** Fewer pages than this do not show what repeats. */
const MIN_PAGES = 3;
/** More form feeds than this are no pages of anything. */
const MAX_PAGES = 20_000;
const MAX_LINE = 300;
const MIN_SHARE = 0.5;

/** The pages of a text that has form feeds; one page if it has none. */
export function pagesOf(text: string): Page[] {
  const texts = text.split('\f');
  if (texts.length === 1 || texts.length > MAX_PAGES) return [{ text, header: undefined, footer: undefined }];
  const pages = texts.map((page) => page.split('\n'));
  const headers = running(pages.map((lines) => lines.find(isFilled)));
  const footers = running(pages.map((lines) => lines.findLast(isFilled)));
  return pages.map((lines) => {
    const first = lines.findIndex(isFilled);
    const last = lines.findLastIndex(isFilled);
    const header = first !== last && headers.has(form(lines[first])) ? lines[first]?.trim() : undefined;
    const footer = first !== last && footers.has(form(lines[last])) ? lines[last]?.trim() : undefined;
    const body = lines.slice(header === undefined ? 0 : first + 1, footer === undefined ? lines.length : last);
    return { text: body.join('\n'), header, footer };
  });
}

const isFilled = (line: string): boolean => /\S/.test(line);

/** A line without what counts up from page to page. */
const form = (line = ''): string => line.slice(0, MAX_LINE).replace(/\d+/g, '0').replace(/\s+/g, ' ').trim();

/** The forms that stand in this place on at least half of the pages. */
function running(lines: readonly (string | undefined)[]): Set<string> {
  const counts = new Map<string, number>();
  for (const line of lines) if (line !== undefined) counts.set(form(line), (counts.get(form(line)) ?? 0) + 1);
  const needed = Math.max(MIN_PAGES, lines.length * MIN_SHARE);
  return new Set([...counts].flatMap(([line, count]) => (count >= needed ? [line] : [])));
}
