import { codePageOfCharset, SYMBOL_CHARSET } from './code-pages.ts';

/** Names by which word processors of several languages call their heading styles. */
const HEADING_NAME = /^(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|заголовок)\s*(\d)/iu;
const TITLE_NAME = /^(?:title|titel|titre|título|titolo|название)$/iu;

type Font = { page: number | undefined; isSymbol: boolean };
const NO_FONT: Font = { page: undefined, isSymbol: false };

/** The tables at the head of a file: fonts with their code pages, colours, styles with their heading levels. */
export type Tables = {
  font(number: number): Font;
  setFont(number: number, change: { charset: number } | { page: number }): void;
  isWhite(colour: number): boolean;
  setColour(part: 'red' | 'green' | 'blue', value: number): void;
  endColour(): void;
  headingLevel(style: number): number | undefined;
  setStyle(style: number, outline: number | undefined, name: string): void;
};

export function tables(): Tables {
  const fonts = new Map<number, Font>();
  const white: boolean[] = [];
  const levels = new Map<number, number>();
  let colour = { red: -1, green: -1, blue: -1 };
  return {
    font: (number) => fonts.get(number) ?? NO_FONT,
    setFont(number, change) {
      const before = fonts.get(number) ?? NO_FONT;
      if ('page' in change) fonts.set(number, { ...before, page: change.page });
      else fonts.set(number, { page: before.page ?? codePageOfCharset(change.charset), isSymbol: change.charset === SYMBOL_CHARSET });
    },
    isWhite: (number) => white[number] ?? false,
    setColour(part, value) {
      colour[part] = value;
    },
    endColour() {
      white.push(Math.min(colour.red, colour.green, colour.blue) >= 250);
      colour = { red: -1, green: -1, blue: -1 };
    },
    headingLevel: (style) => levels.get(style),
    setStyle(style, outline, name) {
      const named = HEADING_NAME.exec(name)?.[1] ?? (TITLE_NAME.test(name) ? '1' : undefined);
      const level = outline === undefined ? Number(named) : outline + 1;
      if (level >= 1) levels.set(style, Math.min(6, level));
    },
  };
}
