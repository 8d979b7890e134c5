import type { Element } from '#schemas/records/extracted.ts';
import { type Block, unwrap } from './blocks.ts';
import { logEntries } from './entries.ts';

const MAX_HEADING = 80;
const BULLET = /^(\s*)(?:([-*+•‣◦▪●○–—])|(\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]))\s+(?=\S)/;
const NUMBERED = /^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\p{Lu}|\p{Lo})/u;
const DIVISION =
  /^(?:chapter|part|section|appendix|annex|article|kapitel|abschnitt|teil|anhang|artikel|chapitre|partie|annexe|cap[ií]tulo|parte|capitolo)\s+(?:\d+|[ivxlc]+|[a-z])\b/i;
const UNDERLINE = /^\s*(={3,}|-{3,}|~{3,}|\*{3,})$/;

type Around = { previous: Block | undefined; next: Block | undefined };

/** The elements of one block, given the blocks around it: a numbered line is a heading above a text, an item among its like. */
export function elementsOf(block: Block, around: Around): Element[] {
  const underlined = underlinedHeading(block);
  if (underlined) return [underlined, ...(block.length > 2 ? elementsOf(block.slice(2), around) : [])];
  const heading = block.length === 1 ? loneHeading((block[0] ?? '').trim(), around) : undefined;
  if (heading) return [heading];
  const rules = block.filter((line) => !UNDERLINE.test(line));
  if (rules.length === 0) return [];
  const entries = logEntries(rules);
  if (entries) return entries;
  if (isAligned(block)) return [{ kind: 'code', text: block.join('\n') }];
  const bullets = rules.filter((line) => BULLET.test(line)).length;
  const first = rules.findIndex((line) => BULLET.test(line));
  if (
    (bullets >= 2 && rules.length <= bullets * 8) ||
    (rules.length === 1 && /^\s*(?:[-*+•‣◦▪●]|\(?\d+[.)])\s/.test(rules[0] ?? '')) ||
    (first === 0 && hangs(rules))
  ) {
    return [...(first > 0 ? [paragraph(rules.slice(0, first))] : []), ...listItems(rules.slice(first))];
  }
  return [paragraph(rules)];
}

const paragraph = (lines: Block): Element => ({ kind: 'paragraph', text: unwrap(lines) });

function underlinedHeading([title = '', rule = '']: Block): Element | undefined {
  const text = title.trim();
  const mark = UNDERLINE.exec(rule)?.[1];
  if (mark === undefined || text.length > MAX_HEADING || UNDERLINE.test(title) || mark.length < text.length * 0.6) return undefined;
  return { kind: 'heading', level: mark.startsWith('=') ? 1 : 2, text };
}

/** A line that stands alone and has the form of a heading. */
function loneHeading(line: string, { previous, next }: Around): Element | undefined {
  if (line.length > MAX_HEADING || next === undefined) return undefined;
  if (DIVISION.test(line) && !/[.;,]$/.test(line)) return { kind: 'heading', level: 1, text: line };
  if (/[.;:,!?]$/.test(line)) return undefined;
  const depth = numberDepth(line);
  if (depth > 0 && [previous, next].every((block) => block?.length !== 1 || numberDepth((block[0] ?? '').trim()) !== depth))
    return { kind: 'heading', level: Math.min(6, depth + 1), text: line };
  const letters = line.match(/\p{L}/gu)?.length ?? 0;
  const isCapitals = /^\P{Ll}+$/u.test(line) && (line.match(/\p{Lu}/gu)?.length ?? 0) >= 3 && letters > line.length * 0.5;
  return isCapitals ? { kind: 'heading', level: 1, text: line } : undefined;
}

const numberDepth = (line: string): number => NUMBERED.exec(line)?.[1]?.split('.').length ?? 0;

/** Columns by blanks, or drawn with characters: spacing is the meaning. */
function isAligned(block: Block): boolean {
  if (block.length < 3) return false;
  const drawn = block.filter((line) => /\S {3,}\S|\S\t+\S|^\s*[|+┌├└│].*[|+┐┤┘│]$/.test(line) && !BULLET.test(line));
  return drawn.length >= block.length * 0.6;
}

/** One item whose further lines are indented under its text. */
function hangs(lines: Block): boolean {
  const indent = BULLET.exec(lines[0] ?? '')?.[0].length ?? 0;
  return lines.length > 1 && lines.slice(1).every((line) => leading(line) >= Math.min(indent, 2));
}

const leading = (line: string): number => line.length - line.trimStart().length;

function listItems(lines: Block): Element[] {
  const elements: Element[] = [];
  const indents: number[] = [];
  for (let at = 0; at < lines.length; ) {
    const match = BULLET.exec(lines[at] ?? '');
    let end = at + 1;
    while (end < lines.length && !BULLET.test(lines[end] ?? '')) end++;
    const indent = match?.[1]?.length ?? 0;
    while ((indents.at(-1) ?? -1) > indent) indents.pop();
    if ((indents.at(-1) ?? -1) < indent) indents.push(indent);
    const [firstLine = '', ...rest] = lines.slice(at, end);
    const text = unwrap([firstLine.slice(match?.[0].length ?? 0), ...rest.map((line) => line.trim())]);
    elements.push({ kind: 'list-item', level: Math.max(1, indents.length), ...(match?.[3] ? { marker: match[3] } : {}), text });
    at = end;
  }
  return elements;
}
