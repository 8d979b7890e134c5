import { attribute, type HtmlDocument, type HtmlElement } from './dom.ts';
import { certainStyles, hasStyleSheet, type Style, styleOf } from './style-sheets.ts';

const isZero = (value: string | undefined): boolean =>
  value !== undefined && /^[+-]?0*\.?0*(?:px|em|rem|pt|%)?$/.test(value) && /0/.test(value);
/** Of the least size that a letter can be told at; relative sizes below a tenth likewise. */
const isTiny = (value: string | undefined): boolean => {
  const [, size = '', unit = ''] = /^\+?(\d*\.?\d+)(px|pt|em|rem|%)$/.exec(value ?? '') ?? [];
  return size !== '' && Number(size) <= (TINY[unit] ?? 0);
};
const TINY: Readonly<Record<string, number>> = { px: 2, pt: 2, em: 0.1, rem: 0.1, '%': 10 };
const CLIPPED_AWAY = /^rect\((?:[01](?:px)?[,\s]*){4}\)$/;
const INSET_AWAY = /^inset\((?:50|100)%\)$/;
const SCALED_AWAY = /\bscale(?:3d|x|y)?\(\s*0(?:\.0*)?\s*[,)]/;

const isFarOff = (value: string | undefined): boolean => value !== undefined && /^-\d{3,}/.test(value);

const WHITE = new Set(['white', '#fff', '#ffffff', 'rgb(255,255,255)', 'rgba(255,255,255,1)']);
const colour = (value: string | undefined): string | undefined => {
  const plain = value?.replace(/\s+/g, '');
  return plain !== undefined && WHITE.has(plain) ? 'white' : plain;
};

/** Why a style keeps its element from being seen. Colours are compared only within one style, or with a page that has no other. */
function hiddenByStyle(style: Style): string | undefined {
  if (style.get('display') === 'none') return 'display-none';
  const visibility = style.get('visibility');
  if (visibility === 'hidden' || visibility === 'collapse') return 'visibility-hidden';
  if (isZero(style.get('opacity'))) return 'transparent';
  if (isZero(style.get('font-size'))) return 'zero-size';
  const clipped = style.get('overflow') === 'hidden' || style.get('overflow') === 'clip';
  if (clipped && (isZero(style.get('height')) || isZero(style.get('width')) || isZero(style.get('max-height')))) return 'zero-size';
  if (isTiny(style.get('font-size'))) return 'tiny-text';
  const positioned = style.get('position') === 'absolute' || style.get('position') === 'fixed';
  if (positioned && CLIPPED_AWAY.test(style.get('clip') ?? '')) return 'zero-size';
  if (INSET_AWAY.test(style.get('clip-path') ?? '') || SCALED_AWAY.test(style.get('transform') ?? '')) return 'zero-size';
  if (isFarOff(style.get('text-indent')) || (positioned && (isFarOff(style.get('left')) || isFarOff(style.get('top')))))
    return 'off-screen';
  const ink = colour(style.get('color'));
  if (ink === 'transparent') return 'transparent';
  const paper = colour(paperOf(style));
  return ink !== undefined && ink === paper ? 'same-colour' : undefined;
}

const paperOf = (style: Style): string | undefined => style.get('background-color') ?? style.get('background');

/** Whether letters have the colour of what they stand on. Told only where no style sheet can give another one. */
function isInk(ink: string, element: HtmlElement): boolean {
  let at: HtmlElement['parentNode'] = element;
  let under: string | undefined;
  for (; at && 'tagName' in at; at = at.parentNode) {
    const style = styleOf(attribute(at, 'style') ?? '');
    if (under === undefined && (attribute(at, 'background') !== undefined || style.has('background-image'))) return false;
    const paper = colour(paperOf(style) ?? attribute(at, 'bgcolor')?.toLowerCase());
    if (paper !== 'transparent') under ??= paper;
  }
  return (under ?? 'white') === ink && at !== null && 'mode' in at && isPlain(at);
}

const plain = new WeakMap<HtmlDocument, boolean>();

function isPlain(page: HtmlDocument): boolean {
  const known = plain.get(page);
  if (known !== undefined) return known;
  const found = !hasStyleSheet(page);
  plain.set(page, found);
  return found;
}

/** Why a person looking at the page cannot see this element, as far as the element itself or the page's own sheet says. */
export function hiddenReason(element: HtmlElement): string | undefined {
  // A page that hides its whole body shows it again by script: anti-flicker code, not concealment.
  if (element.tagName === 'body' || element.tagName === 'html') return undefined;
  if (element.tagName === 'noscript') return 'noscript';
  if (element.tagName === 'dialog' && attribute(element, 'open') === undefined) return 'closed-dialog';
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' && value !== 'until-found') return 'hidden-attribute';
    if (name === 'aria-hidden' && value === 'true') return 'aria-hidden';
    if (name === 'style' && value !== '') {
      const style = styleOf(value);
      const reason = hiddenByStyle(style);
      if (reason) return reason;
      const ink = colour(style.get('color'));
      if (ink !== undefined && isInk(ink, element)) return 'same-colour';
    }
    if (name === 'color' && element.tagName === 'font' && isInk(colour(value.toLowerCase()) ?? value, element)) return 'same-colour';
  }
  for (const style of certainStyles(element)) {
    const reason = hiddenByStyle(style);
    if (reason) return reason;
  }
  return undefined;
}
