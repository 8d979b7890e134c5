import type { Element, Extracted, TableElement, TextElement } from '#schemas/records/extracted.ts';
import { elementText } from '../../document-text.ts';
import type { Hit } from './phrase-matcher.ts';
import type { WholeText } from './screen-document.ts';
import { overlap, type Stretch } from './stretch.ts';

/** What stands in the place of a passage that is kept out. */
export const KEPT_OUT = '[A passage was kept out by the screening.]';

/** What an attack wants stands behind the words that give it away: so much is kept out with them, to the end of its sentence. */
const BEHIND = 500;
const CELL_BORDER = 3;

/** The document without the passages where the given hits are, of a table the cells; each is marked in its place. */
export function withoutPassages(extracted: Extracted, { text }: WholeText, hits: readonly Hit[]): { document: Extracted; count: number } {
  let count = 0;
  const elements = extracted.elements.map((element, i): Element => {
    const at = text.stretchOf(i);
    const own = hits.filter((hit) => overlap(hit, at)).map(({ start, end }) => ({ start: start - at.start, end: end - at.start }));
    if (own.length === 0) return element;
    count++;
    return element.kind === 'table' ? withoutCells(element, own) : withoutSentences(element, own);
  });
  const warning = { code: 'neutralised', message: `${count} passages were kept out by the screening`, count };
  return { document: { ...extracted, elements, warnings: [...extracted.warnings, warning] }, count };
}

/** Offsets are those of the table's text: a row is a line. */
function withoutCells(table: TableElement, hits: readonly Stretch[]): TableElement {
  let start = 0;
  const rows = table.rows.map((row) => {
    const cells = row.map((cell) => {
      const at = { start, end: start + cell.replace(/\s+/g, ' ').trim().length };
      start = at.end + CELL_BORDER;
      return hits.some((hit) => overlap(hit, at)) ? KEPT_OUT : cell;
    });
    start += row.length === 0 ? 1 : 1 - CELL_BORDER;
    return cells;
  });
  return { ...table, rows };
}

function withoutSentences({ lineConfidence: _, ...element }: TextElement, hits: readonly Stretch[]): TextElement {
  const { text } = element;
  // The number of a list's item stands before its text.
  const shift = elementText(element).length - text.length;
  const cuts: Stretch[] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    const cut = sentencesOf(text, { start: Math.max(0, hit.start - shift), end: Math.max(0, hit.end - shift) });
    const before = cuts.at(-1);
    if (before && cut.start <= before.end) before.end = Math.max(before.end, cut.end);
    else cuts.push(cut);
  }
  const kept = cuts.map(({ start }, i) => text.slice(cuts[i - 1]?.end ?? 0, start));
  return { ...element, text: [...kept, text.slice(cuts.at(-1)?.end ?? 0)].join(KEPT_OUT) };
}

/** From the beginning of the sentence in which a hit begins to the end of one behind it. */
function sentencesOf(text: string, { start, end }: Stretch): Stretch {
  const first = /[.!?。]\s+(?=[^.!?。]*$)|^(?=[^.!?。]*$)/.exec(text.slice(0, start));
  const from = first ? first.index + first[0].length : 0;
  const least = Math.min(text.length, end + BEHIND);
  const rest = /^[^.!?。]*[.!?。]?(?=\s|$)/.exec(text.slice(least));
  return { start: from, end: least + (rest?.[0].length ?? text.length - least) };
}
