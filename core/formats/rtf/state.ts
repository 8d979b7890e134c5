import type { Destination } from './destinations.ts';

/** What a group inherits from the one around it, and forgets when it closes. */
export type State = {
  destination: Destination;
  /** The destination to which `\ud` returns from its twin in the ANSI character set. */
  outer: Destination;
  /** Bytes of replacement text after a `\u`. */
  replacement: number;
  font: number;
  hidden: boolean;
  deleted: boolean;
  struck: boolean;
  bold: boolean;
  /** Half points. */
  size: number;
  colour: number;
  background: boolean;
  style: number;
  outline: number | undefined;
  inTable: boolean;
  listLevel: number;
};

export const initialState: State = {
  destination: 'text',
  outer: 'text',
  replacement: 1,
  font: -1,
  hidden: false,
  deleted: false,
  struck: false,
  bold: false,
  size: 24,
  colour: 0,
  background: false,
  style: 0,
  outline: undefined,
  inTable: false,
  listLevel: 1,
};

const BODY_TEXT = 9;

/** Applies a formatting word to the group's state; false if it is none. */
export function format(state: State, word: string, value: number | undefined): boolean {
  const on = value !== 0;
  switch (word) {
    case 'pard':
      Object.assign(state, { style: 0, outline: undefined, inTable: false, listLevel: 1 });
      return true;
    case 'plain':
      Object.assign(state, { hidden: false, struck: false, bold: false, size: 24, colour: 0, background: false });
      return true;
    case 'v':
      state.hidden = on;
      return true;
    case 'deleted':
      state.deleted = on;
      return true;
    case 'strike':
    case 'striked':
      state.struck = on;
      return true;
    case 'b':
      state.bold = on;
      return true;
    case 'fs':
      state.size = value ?? 24;
      return true;
    case 'uc':
      state.replacement = Math.max(0, Math.min(value ?? 1, 16));
      return true;
    case 'f':
      state.font = value ?? 0;
      return true;
    case 'cf':
      state.colour = value ?? 0;
      return true;
    case 'cb':
    case 'chcbpat':
    case 'highlight':
    case 'cbpat':
      state.background = value !== undefined && value > 0;
      return true;
    case 's':
      state.style = value ?? 0;
      return true;
    case 'outlinelevel':
      state.outline = value === undefined || value >= BODY_TEXT || value < 0 ? undefined : value;
      return true;
    case 'intbl':
      state.inTable = on;
      return true;
    case 'ilvl':
      state.listLevel = Math.max(0, Math.min(value ?? 0, 8)) + 1;
      return true;
    default:
      return false;
  }
}
