import type { Element } from '#schemas/records/extracted.ts';
import type { FlowKind } from './destinations.ts';

/** What a paragraph mark says about its paragraph. */
export type ParagraphProperties = { headingLevel: number | undefined; listLevel: number; inTable: boolean };

/** Collects one flow of text: runs to paragraphs and cells, cells to rows, rows to tables. */
export type Flow = {
  readonly kind: FlowKind;
  write(text: string, hidden: string | undefined): void;
  mark(text: string): void;
  /** Elements of a flow that is anchored here; they follow the paragraph. */
  anchor(elements: readonly Element[]): void;
  openRow(isHeader: boolean): void;
  endParagraph(properties: ParagraphProperties): void;
  endCell(properties: ParagraphProperties): void;
  endRow(): void;
  /** Ends what is open; the flow's elements. */
  finish(properties: ParagraphProperties): Element[];
};

type Run = { text: string; hidden: string | undefined };
type OpenTable = { rows: string[][]; headerRows: number };

export function flow(kind: FlowKind): Flow {
  const elements: Element[] = [];
  let runs: Run[] = [];
  let marker = '';
  let anchored: Element[] = [];
  let table: OpenTable | undefined;
  let row: string[] = [];
  let cell: string[] = [];
  let rowIsOpen = false;
  let rowIsHeader = false;

  const add = (element: Element): void => {
    elements.push(dress(element, kind));
  };

  /** The runs that a reader sees as one text; the hidden ones become elements of their own. */
  function takeVisible(): string {
    const visible = runs.filter((run) => run.hidden === undefined).map((run) => run.text);
    for (const { text, hidden } of merged(runs)) if (hidden !== undefined && text.trim() !== '') add({ kind: 'paragraph', text, hidden });
    runs = [];
    return visible.join('');
  }

  function flushTable(): void {
    if (table !== undefined) add({ kind: 'table', ...table });
    table = undefined;
  }

  function flushAnchored(): void {
    elements.push(...anchored);
    anchored = [];
  }

  const endRow = (): void => {
    rowIsOpen = false;
    if (cell.length > 0) row.push(cell.join('\n').trim());
    cell = [];
    if (row.length === 0) return;
    table ??= { rows: [], headerRows: 0 };
    if (rowIsHeader && table.headerRows === table.rows.length) table.headerRows++;
    table.rows.push(row);
    row = [];
  };

  const endCell = (): void => {
    cell.push(takeVisible());
    row.push(cell.join('\n').trim());
    cell = [];
    marker = '';
  };

  return {
    kind,
    write(text, hidden) {
      runs.push({ text, hidden });
    },
    mark(text) {
      marker += text;
    },
    anchor(others) {
      anchored.push(...others);
      if (runs.length === 0 && row.length === 0 && table === undefined) flushAnchored();
    },
    openRow(isHeader) {
      rowIsOpen = true;
      rowIsHeader = isHeader;
    },
    endParagraph({ headingLevel, listLevel, inTable }) {
      if (inTable) {
        cell.push(takeVisible());
        marker = '';
        return;
      }
      endRow();
      flushTable();
      const text = takeVisible().trim();
      const label = /[\p{L}\p{N}]/u.test(marker) ? marker.trim() : undefined;
      if (text !== '') add(paragraph(text, headingLevel, listLevel, label, marker !== ''));
      marker = '';
      flushAnchored();
    },
    endCell({ inTable }) {
      if (inTable || rowIsOpen) endCell();
      else runs.push({ text: '\t', hidden: undefined });
    },
    endRow() {
      if (runs.length > 0) endCell();
      endRow();
    },
    finish(properties) {
      this.endParagraph({ ...properties, inTable: false });
      return elements;
    },
  };
}

function paragraph(text: string, headingLevel: number | undefined, listLevel: number, label: string | undefined, isItem: boolean): Element {
  if (headingLevel !== undefined) return { kind: 'heading', level: headingLevel, text: label === undefined ? text : `${label} ${text}` };
  if (!isItem) return { kind: 'paragraph', text };
  return { kind: 'list-item', level: listLevel, ...(label === undefined ? {} : { marker: label }), text };
}

/** Neighbouring runs of one visibility as one. */
function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const { text, hidden } of runs) {
    const last = result.at(-1);
    if (last !== undefined && last.hidden === hidden) last.text += text;
    else result.push({ text, hidden });
  }
  return result;
}

/** An element as its flow makes it: furniture of the page, a footnote, a remark. */
function dress(element: Element, kind: FlowKind): Element {
  if (kind === 'header' || kind === 'footer') return { ...element, boilerplate: kind };
  if ((kind === 'footnote' || kind === 'note') && element.kind !== 'table') {
    return { kind, text: element.text, ...(element.hidden === undefined ? {} : { hidden: element.hidden }) };
  }
  return element;
}
