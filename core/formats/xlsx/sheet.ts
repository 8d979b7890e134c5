import { SluiceError } from '#core/errors.ts';
import type { ParseContext } from '../index.ts';
import { DAYS_FROM_1900_TO_1904, formatNumber, truthsOf } from '../number-format.ts';
import { attributeOf, eachSubtree, elementsOf, textOf, type XmlNode } from '../xml-tree.ts';
import { spread } from './rows.ts';
import { richText } from './workbook.ts';

/** `across` and `down` count the columns and rows that a merged cell covers; `hidden`: its format shows nothing of it. */
export type Cell = { text: string; numeric: boolean; across?: number; down?: number; hidden?: true };
export type Row = { index: number; cells: Map<number, Cell>; hidden: boolean };
/** Rows and columns count from 1, both ends included. */
export type Area = { top: number; left: number; bottom: number; right: number };

export type Sheet = {
  rows: Row[];
  hiddenColumns: { from: number; to: number }[];
  /** Areas with a filter that is in force: rows hidden within are a view's doing, not the author's. */
  filtered: Area[];
  headerFooter: { kind: 'header' | 'footer'; text: string }[];
  /** Whether the part was whole. */
  whole: boolean;
};

export type CellContext = {
  strings: readonly string[];
  formats: readonly string[];
  /** See `workbookLanguage`. */
  language: string | undefined;
  from1904: boolean;
};

const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;

function columnNumber(letters: string): number {
  let n = 0;
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64;
  return n;
}

const REFERENCE = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/;

/** `B12` as row and column; undefined when it is none or lies beyond any sheet. */
function cellPosition(reference: string | undefined): { row: number; column: number } | undefined {
  const [, letters = '', digits = ''] = REFERENCE.exec(reference ?? '') ?? [];
  const column = columnNumber(letters);
  const row = Number(digits);
  return column >= 1 && column <= MAX_COLUMN && row >= 1 && row <= MAX_ROW ? { row, column } : undefined;
}

function areaOf(reference: string | undefined): Area | undefined {
  const [first, last] = (reference ?? '').split(':');
  const from = cellPosition(first);
  const to = cellPosition(last ?? first);
  return from === undefined || to === undefined ? undefined : { top: from.row, left: from.column, bottom: to.row, right: to.column };
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';
const isZero = (value: string | undefined): boolean => value !== undefined && Number(value) === 0;

/** The number format that shows neither numbers nor texts. */
const isHiding = (format: string | undefined): boolean => format === ';;;';

/** The `v` of a formula is its value when the workbook was last saved. */
function readCell(node: XmlNode, { strings, formats, language, from1904 }: CellContext): Cell | undefined {
  const type = attributeOf(node, 't') ?? 'n';
  const children = elementsOf(node);
  const inline = children.find((child) => child.name === 'is');
  const raw = textOf(children.find((child) => child.name === 'v'));
  if (type === 'inlineStr' || (raw === '' && inline !== undefined))
    return inline === undefined ? undefined : { text: richText(inline), numeric: false };
  if (raw === '') return undefined;
  if (type === 's') return { text: strings[Number(raw)] ?? '', numeric: false };
  if (type === 'b') return { text: truthsOf(language)[raw === '1' ? 0 : 1] ?? '', numeric: false };
  const value = Number(raw);
  if (type !== 'n' || Number.isNaN(value))
    return { text: type === 'd' ? raw.replace(/T00:00:00(\.0+)?Z?$/, '') : raw, numeric: type === 'd' };
  const format = formats[Number(attributeOf(node, 's') ?? 0)] ?? 'General';
  const isDate = from1904 && /[dmyhs]/i.test(format);
  return { text: formatNumber(isDate ? value + DAYS_FROM_1900_TO_1904 : value, format, language), numeric: true };
}

/** `&L`, `&C`, `&R` part a header; other codes are fonts, or stand for numbers that only a printer knows. */
export const headerText = (text: string): string =>
  text
    .replace(/&[LCR]/g, '\n')
    .replace(/&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[A-Z]/gi, ' ')
    .replace(/&&/g, '&')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

const PARTS = new Set(['row', 'col', 'autoFilter', 'mergeCell', 'oddHeader', 'oddFooter']);

/** Reads a sheet row by row: what is held is the cells that have a value, whatever dimensions the sheet declares. */
export function readSheet(text: string, cells: CellContext, context: ParseContext): Sheet {
  const sheet: Sheet = { rows: [], hiddenColumns: [], filtered: [], headerFooter: [], whole: true };
  const merged: Area[] = [];
  let length = 0;
  let lastRow = 0;

  function readRow(node: XmlNode): void {
    const declared = Number(attributeOf(node, 'r') ?? Number.NaN);
    const index = declared >= 1 && declared <= MAX_ROW ? declared : lastRow + 1;
    lastRow = index;
    const row: Row = { index, cells: new Map(), hidden: isOn(attributeOf(node, 'hidden')) || isZero(attributeOf(node, 'ht')) };
    let lastColumn = 0;
    for (const child of elementsOf(node)) {
      if (child.name !== 'c') continue;
      lastColumn = cellPosition(attributeOf(child, 'r'))?.column ?? lastColumn + 1;
      const cell = readCell(child, cells);
      if (cell === undefined || cell.text.trim() === '') continue;
      const hides = isHiding(cells.formats[Number(attributeOf(child, 's') ?? 0)]);
      row.cells.set(lastColumn, hides ? { ...cell, hidden: true } : cell);
      length += cell.text.length;
      if (length > context.limits.maxTextLength) {
        throw new SluiceError('too-large', `reading ${context.name}: more than ${context.limits.maxTextLength} characters of text`);
      }
    }
    if (row.cells.size > 0) sheet.rows.push(row);
  }

  function readPart(node: XmlNode): void {
    if (node.name === 'row') readRow(node);
    else if (node.name === 'col') {
      if (isOn(attributeOf(node, 'hidden')) || isZero(attributeOf(node, 'width'))) {
        sheet.hiddenColumns.push({ from: Number(attributeOf(node, 'min') ?? 0), to: Number(attributeOf(node, 'max') ?? 0) });
      }
    } else if (node.name === 'autoFilter') {
      const area = areaOf(attributeOf(node, 'ref'));
      if (area !== undefined && elementsOf(node).length > 0) sheet.filtered.push(area);
    } else if (node.name === 'mergeCell') {
      const area = areaOf(attributeOf(node, 'ref'));
      if (area !== undefined) merged.push(area);
    } else {
      const said = headerText(textOf(node));
      if (said !== '') sheet.headerFooter.push({ kind: node.name === 'oddHeader' ? 'header' : 'footer', text: said });
    }
  }

  sheet.whole = eachSubtree(text, (name) => PARTS.has(name), readPart, context);
  sheet.rows.sort((a, b) => a.index - b.index);
  spread(sheet.rows, merged);
  return sheet;
}
