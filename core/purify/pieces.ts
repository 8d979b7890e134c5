import type { DocumentMetadata, Element, Extracted, TableElement } from '#schemas/records/extracted.ts';
import { isHalfOfNames, isHeader, isLabelOfField, isOfPeople } from './columns.ts';
import { worded } from './fields/field-keys.ts';
import { factsOf } from './names/lexicon.ts';

/** A text of a document that may hold personal data. */
export type Piece = {
  text: string;
  /** Words that stand over it or before it: a column's header, a field's label. */
  hint?: string;
  /** It goes on from the piece before: the next lines, the next cell. */
  continues?: 'text' | 'cell';
};

/** Takes a piece and answers what stands in its place. */
export type Change = (piece: Piece) => string;

const LABEL_LENGTH = 60;

/** A header that leaves no doubt. */
const OF_PEOPLE = 'full name';
/** As many rows as tell what the columns of a table hold. */
const SAMPLE = 200;

/** The words over each column, and what its cells add to them. */
function headersOf({ rows, headerRows }: TableElement): string[] {
  const heads = rows.slice(0, headerRows);
  const body = rows.slice(headerRows, headerRows + SAMPLE);
  const width = Math.max(0, ...heads.map((cells) => cells.length));
  const cellsOf = (part: readonly string[][], column: number): string[] => part.map((cells) => cells[column] ?? '');
  const headers = Array.from({ length: width }, (_, column) => spaced(cellsOf(heads, column).filter(isLabel).join(' ').trim()));
  return headers.map((header, column) =>
    isHalfOfNames(header, headers) || isOfPeople(header, cellsOf(body, column)) ? `${header} ${OF_PEOPLE}` : header,
  );
}

/** Two columns of labels and their values, and not of things and how many, how much or how good these are. */
const isForm = ({ rows, headerRows }: TableElement): boolean =>
  rows.slice(headerRows, headerRows + SAMPLE).some(([label = '', value = '']) => isLabelOfField(label) || /\p{L}/u.test(value));

/** Beside another header, `Count` goes on with no name. */
const isWord = (text: string): boolean => factsOf(text.trim()).word;

/** A name as programs give it is read as its words: `dateOfBirth`, `mobile_phone`. */
const spaced = (header: string): string => (/^[\p{L}\d]+(?:_[\p{L}\d]+)*$/u.test(header) ? worded(header) : header);

const isLabel = (text: string): boolean => text !== '' && text.length <= LABEL_LENGTH;

function changedTable(table: TableElement, change: Change): TableElement {
  const headers = headersOf(table);
  const inForm = isForm(table);
  /** The header over a cell, and in a table of two columns the label before it, in a line of its own. */
  const hintOf = (row: number, column: number, cells: readonly string[]): string => {
    const isHead = row < table.headerRows;
    const header = isHead ? '' : (headers[column] ?? '');
    const [label = '', value = ''] = column === 1 && cells.length === 2 ? cells : [];
    return `${header}\n${isLabel(label) && !(isHead && isHeader(value, label, inForm)) ? spaced(label) : ''}`.trim();
  };
  const rows = mapped(table.rows, (cells, row) =>
    mapped(cells, (text, column) => {
      const goesOn = column > 0 && !(row < table.headerRows && isWord(text));
      return change({ text, hint: hintOf(row, column, cells), ...(goesOn && { continues: 'cell' as const }) });
    }),
  );
  return rows === table.rows ? table : { ...table, rows };
}

/** What is as it was is shared: of a large document most is. */
export function mapped<T>(all: T[], change: (one: T, at: number) => T): T[] {
  let changed: T[] | undefined;
  all.forEach((one, at) => {
    const now = change(one, at);
    if (now !== one) changed ??= [...all];
    if (changed) changed[at] = now;
  });
  return changed ?? all;
}

function changedElement(element: Element, change: Change, flows: boolean): Element {
  if (element.kind === 'table') return changedTable(element, change);
  // Most elements of a long document are pieces as they are: nothing is made for them.
  const text = change(flows ? { text: element.text, continues: 'text' } : element);
  return text === element.text ? element : { ...element, text };
}

/** What stands beside an element's text: who says it, the sheet that it is on. */
function changedLabels(element: Element, change: Change): Element {
  const place = element.sheet === undefined ? element : { ...element, sheet: change({ text: element.sheet }) };
  return place.kind === 'segment' && place.speaker !== undefined
    ? { ...place, speaker: change({ text: place.speaker, hint: 'speaker' }) }
    : place;
}

/** Dates and languages name nobody. */
const IMPERSONAL = new Set(['created', 'modified', 'language']);

const changedMetadata = (metadata: DocumentMetadata, change: Change): DocumentMetadata =>
  Object.fromEntries(
    Object.entries(metadata).map(([hint, value]) => {
      if (IMPERSONAL.has(hint)) return [hint, value];
      return [hint, Array.isArray(value) ? value.map((text) => change({ text, hint })) : change({ text: value, hint })];
    }),
  );

/** Running text flows on from one element to the next unless the first ends its sentence or the second is of another kind. */
const flowsOn = (last: Element | undefined, next: Element): boolean =>
  last !== undefined && last.kind !== 'table' && last.kind === next.kind && last.kind !== 'heading' && !/[.!?:]["”']?\s*$/.test(last.text);

/**
 * The document with each of its texts changed, in an order that is always the same: elements, so that each stands after the one
 * that it goes on from, their labels, links, then what the file says of itself, and what its side-car says of it.
 */
export function changedPieces(extracted: Extracted, change: Change): Extracted {
  const { elements: all } = extracted;
  const texts = mapped(all, (element, i) => changedElement(element, change, flowsOn(all[i - 1], element)));
  const elements = mapped(texts, (element) => changedLabels(element, change));
  const links = extracted.links?.map((text) => change({ text }));
  const metadata = changedMetadata(extracted.metadata, change);
  const said = extracted.said && changedMetadata(extracted.said, change);
  return { ...extracted, elements, metadata, ...(links && { links }), ...(said && { said }) };
}

/** Every text of a document that may hold personal data, with what stands around it. */
export function piecesOf(extracted: Extracted): Piece[] {
  const pieces: Piece[] = [];
  changedPieces(extracted, (piece) => {
    pieces.push(piece);
    return piece.text;
  });
  return pieces;
}
