import { WHITE } from './graphics.ts';
import type { Style } from './model.ts';
import type { Pdfium } from './pdfium.ts';

/** How one text object of a page is drawn. */
export type TextStyle = Style & {
  /** Direction of writing in degrees, right-angled ones exact. */
  angle: number;
  hidden?: string;
  /** Whether only a dark ground makes it visible. */
  white: boolean;
};

const FIXED_PITCH = 1;
const ITALIC = 1 << 6;
const FORCE_BOLD = 1 << 18;
const FILL = 0;
const STROKE = 1;
const INVISIBLE = 3;
const CLIP_ONLY = 7;
/** A smaller size is looked at twice. */
const SMALL = 4;
/** Heavier than this looks bold beside a regular face. */
const BOLD_WEIGHT = 600;
const BOLD_NAME = /bold|black|heavy|[-,]demi|semibold|CMBX|-Medi(?:Ital)?$/i;
const ITALIC_NAME = /italic|oblique/i;
const MONO_NAME = /mono|NimbusMon|courier|consol|typewriter|menlo|CMTT|SFTT|inconsolata/i;

type Font = Pick<Style, 'bold' | 'italic' | 'mono'>;
type StyleReader = (textPage: number, index: number, object: number) => TextStyle;

/** Reads each text object's style once, equal ones as one object; good for one page. */
export function styleReader(pdfium: Pdfium): StyleReader {
  const fonts = new Map<number, Font>();
  const styles = new Map<number, TextStyle>();
  const distinct = new Map<string, TextStyle>();
  return (textPage, index, object) => {
    const known = styles.get(object);
    if (known !== undefined) return known;
    const read = readStyle(pdfium, fonts, textPage, index, object);
    const key = keyOf(read);
    const style = distinct.get(key) ?? read;
    distinct.set(key, style);
    styles.set(object, style);
    return style;
  };
}

const keyOf = ({ size, angle, bold, italic, mono, white, hidden }: TextStyle): string =>
  `${size} ${angle} ${bold} ${italic} ${mono} ${white} ${hidden}`;

function readStyle(pdfium: Pdfium, fonts: Map<number, Font>, textPage: number, index: number, object: number): TextStyle {
  const { call, scratch, float } = pdfium;
  const pointer = call.FPDFTextObj_GetFont(object);
  const font = fonts.get(pointer) ?? readFont(pdfium, pointer);
  fonts.set(pointer, font);
  const size = call.FPDFText_GetFontSize(textPage, index);
  const mode = call.FPDFTextObj_GetTextRenderMode(object);
  const { transparent, white } = colourOf(pdfium, textPage, index);
  const invisible = mode === INVISIBLE || mode === CLIP_ONLY || (transparent && mode !== STROKE);
  call.FPDFText_GetMatrix(textPage, index, scratch);
  const [a, b, c, d] = [float(scratch), float(scratch + 4), float(scratch + 8), float(scratch + 12)];
  const across = Math.hypot(a, b);
  const scale = Math.hypot(c, d) || across;
  return {
    ...font,
    white: white && mode === FILL,
    size: plausibleSize(pdfium, textPage, index, Math.abs(size * scale)),
    angle: across === 0 ? 0 : directionOf(a, b),
    ...(invisible ? { hidden: 'invisible' } : {}),
  };
}

/** Fonts made of drawings may scale themselves: then the height of the characters says how large they are. */
function plausibleSize({ call, scratch, double }: Pdfium, textPage: number, index: number, size: number): number {
  if (size >= SMALL) return size;
  call.FPDFText_GetCharBox(textPage, index, scratch, scratch + 8, scratch + 16, scratch + 24);
  const extent = Math.max(double(scratch + 8) - double(scratch), double(scratch + 24) - double(scratch + 16));
  return extent > 2 * size ? extent * 1.2 : Math.max(0.1, size);
}

function readFont({ call, text8 }: Pdfium, font: number): Font {
  const name = text8((buffer, size) => call.FPDFFont_GetBaseFontName(font, buffer, size));
  const flags = call.FPDFFont_GetFlags(font);
  return {
    bold: BOLD_NAME.test(name) || (flags & FORCE_BOLD) !== 0 || call.FPDFFont_GetWeight(font) > BOLD_WEIGHT,
    italic: ITALIC_NAME.test(name) || (flags & ITALIC) !== 0,
    mono: MONO_NAME.test(name) || (flags & FIXED_PITCH) !== 0,
  };
}

function colourOf({ call, scratch, uint32 }: Pdfium, textPage: number, index: number): { transparent: boolean; white: boolean } {
  const known = call.FPDFText_GetFillColor(textPage, index, scratch, scratch + 4, scratch + 8, scratch + 12) !== 0;
  return {
    transparent: known && uint32(scratch + 12) === 0,
    white: known && uint32(scratch) >= WHITE && uint32(scratch + 4) >= WHITE && uint32(scratch + 8) >= WHITE,
  };
}

/** Degrees from 0 to 359; a slight slope counts as none. */
function directionOf(a: number, b: number): number {
  const degrees = Math.round((Math.atan2(b, a) * 180) / Math.PI);
  const nearest = Math.round(degrees / 90) * 90;
  return ((Math.abs(degrees - nearest) <= 3 ? nearest : degrees) + 360) % 360;
}
