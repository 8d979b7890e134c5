import type { Element } from '#schemas/records/extracted.ts';
import type { FlowKind } from './destinations.ts';
import { type Look, lookOf, type Paragraph, PLAIN } from './looks.ts';

/** What a paragraph mark says about its paragraph. */
export type ParagraphProperties = { headingLevel: number | undefined; listLevel: number; inTable: boolean };

/** Collects one flow of text: runs to paragraphs and cells, cells to rows, rows to tables. */
export type Flow = {
  readonly kind: FlowKind;
  write(text: string, hidden: string | undefined, look: Look): void;
  mark(text: string): void;
  /** Elements of a flow that is anchored here; they follow the paragraph. */
  anchor(paragraphs: readonly Paragraph[]): void;
  openRow(isHeader: boolean): void;
  endParagraph(properties: ParagraphProperties): void;
  endCell(properties: ParagraphProperties): void;
  endRow(): void;
  /** Ends what is open; the flow's elements. */
  finish(properties: ParagraphProperties): Paragraph[];
};

type Run = { text: string; hidden: string | undefined; look: Look };
type OpenTable = { rows: string[][]; headerRows: number; boldRows: boolean[] };

export function flow(kind: FlowKind): Flow {
  const paragraphs: Paragraph[] = [];
  let runs: Run[] = [];
  let marker = '';
  let anchored: Paragraph[] = [];
  let table: OpenTable | undefined;
  let row: string[] = [];
  let cell: string[] = [];
  let rowIsOpen = false;
  let rowIsHeader = false;
  let rowIsBold = true;

  const add = (element: Element, look?: Look): void => {
    paragraphs.push({ element: dress(element, kind), look: kind === 'main' ? look : undefined });
  };

  const addToCell = (): void => {
    const visible = runs.filter((run) => run.hidden === undefined && run.text.trim() !== '');
    rowIsBold &&= visible.every((run) => run.look.bold);
    cell.push(takeVisible());
  };

  /** The runs that a reader sees as one text; the hidden ones become elements of their own. */
  function takeVisible(): string {
    const visible = runs.filter((run) => run.hidden === undefined).map((run) => run.text);
    for (const [hidden, text] of hiddenTexts(runs)) if (text.trim() !== '') add({ kind: 'paragraph', text: text.trim(), hidden });
    runs = [];
    return visible.join('');
  }

  function flushTable(): void {
    if (table !== undefined) add({ kind: 'table', rows: table.rows, headerRows: table.headerRows || (isTitled(table) ? 1 : 0) });
    table = undefined;
  }

  function flushAnchored(): void {
    for (const paragraph of anchored) paragraphs.push(paragraph);
    anchored = [];
  }

  const endRow = (): void => {
    rowIsOpen = false;
    if (cell.length > 0) row.push(cell.join('\n').trim());
    cell = [];
    if (row.length === 0) return;
    table ??= { rows: [], headerRows: 0, boldRows: [] };
    if (rowIsHeader && table.headerRows === table.rows.length) table.headerRows++;
    table.rows.push(row);
    table.boldRows.push(rowIsBold);
    rowIsBold = true;
    row = [];
  };

  const endCell = (): void => {
    addToCell();
    row.push(cell.join('\n').trim());
    cell = [];
    marker = '';
  };

  return {
    kind,
    write(text, hidden, look) {
      runs.push({ text, hidden, look });
    },
    mark(text) {
      marker += text;
    },
    anchor(others) {
      for (const other of others) anchored.push(other);
      if (runs.length === 0 && row.length === 0 && table === undefined) flushAnchored();
    },
    openRow(isHeader) {
      rowIsOpen = true;
      rowIsHeader = isHeader;
    },
    endParagraph({ headingLevel, listLevel, inTable }) {
      if (inTable) {
        addToCell();
        marker = '';
        return;
      }
      endRow();
      flushTable();
      const look = lookOf(runs.filter((run) => run.hidden === undefined));
      const text = takeVisible().trim();
      const label = /[\p{L}\p{N}]/u.test(marker) ? marker.trim() : undefined;
      if (text !== '') add(paragraph(text, headingLevel, listLevel, label, marker !== ''), look);
      marker = '';
      flushAnchored();
    },
    endCell({ inTable }) {
      if (inTable || rowIsOpen) endCell();
      else runs.push({ text: '\t', hidden: undefined, look: PLAIN });
    },
    endRow() {
      if (runs.length > 0) endCell();
      endRow();
    },
    finish(properties) {
      this.endParagraph({ ...properties, inTable: false });
      return paragraphs;
    },
  };
}

/** A bold row above others that are not. */
const isTitled = ({ rows, boldRows }: OpenTable): boolean =>
  boldRows[0] === true && boldRows.includes(false) && (rows[0]?.every((cell) => cell !== '') ?? false);

function paragraph(text: string, headingLevel: number | undefined, listLevel: number, label: string | undefined, isItem: boolean): Element {
  if (headingLevel !== undefined) return { kind: 'heading', level: headingLevel, text: label === undefined ? text : `${label} ${text}` };
  if (!isItem) return { kind: 'paragraph', text };
  return { kind: 'list-item', level: listLevel, ...(label === undefined ? {} : { marker: label }), text };
}

/** The texts that a reader does not see, by the reason; what visible text parts is apart by a blank. */
function hiddenTexts(runs: readonly Run[]): Map<string, string> {
  const texts = new Map<string, string>();
  let before: string | undefined;
  for (const { text, hidden } of runs) {
    if (hidden !== undefined) texts.set(hidden, (texts.get(hidden) ?? '') + (before === hidden || !texts.has(hidden) ? '' : ' ') + text);
    before = hidden;
  }
  return texts;
}

/** An element as its flow makes it: furniture of the page, a footnote, a remark. */
function dress(element: Element, kind: FlowKind): Element {
  if (kind === 'header' || kind === 'footer') return { ...element, boilerplate: kind };
  if ((kind === 'footnote' || kind === 'note') && element.kind !== 'table') {
    return { kind, text: element.text, ...(element.hidden === undefined ? {} : { hidden: element.hidden }) };
  }
  return element;
}
