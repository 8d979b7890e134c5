import { attribute, type HtmlElement } from './dom.ts';

/** `property: value` pairs of a style attribute; properties lower-cased, values lower-cased without `!important`. */
function styleOf(style: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace('!important', '');
    properties.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return properties;
}

const isZero = (value: string | undefined): boolean =>
  value !== undefined && /^[+-]?0*\.?0*(?:px|em|rem|pt|%)?$/.test(value) && /0/.test(value);
const isFarOff = (value: string | undefined): boolean => value !== undefined && /^-\d{3,}/.test(value);

const WHITE = new Set(['white', '#fff', '#ffffff', 'rgb(255,255,255)', 'rgba(255,255,255,1)']);
const colour = (value: string | undefined): string | undefined => {
  const plain = value?.replace(/\s+/g, '');
  return plain !== undefined && WHITE.has(plain) ? 'white' : plain;
};

/** Why a style keeps its element from being seen. Colours are compared only within one style. */
function hiddenByStyle(style: ReadonlyMap<string, string>): string | undefined {
  if (style.get('display') === 'none') return 'display-none';
  const visibility = style.get('visibility');
  if (visibility === 'hidden' || visibility === 'collapse') return 'visibility-hidden';
  if (isZero(style.get('opacity'))) return 'transparent';
  if (isZero(style.get('font-size'))) return 'zero-size';
  const clipped = style.get('overflow') === 'hidden' || style.get('overflow') === 'clip';
  if (clipped && (isZero(style.get('height')) || isZero(style.get('width')) || isZero(style.get('max-height')))) return 'zero-size';
  const positioned = style.get('position') === 'absolute' || style.get('position') === 'fixed';
  if (isFarOff(style.get('text-indent')) || (positioned && (isFarOff(style.get('left')) || isFarOff(style.get('top')))))
    return 'off-screen';
  const ink = colour(style.get('color'));
  if (ink === 'transparent') return 'transparent';
  const paper = colour(style.get('background-color') ?? style.get('background'));
  return ink !== undefined && ink === paper ? 'same-colour' : undefined;
}

/** Why a person looking at the page cannot see this element, as far as the element itself says. */
export function hiddenReason(element: HtmlElement): string | undefined {
  // A page that hides its whole body shows it again by script: anti-flicker code, not concealment.
  if (element.tagName === 'body' || element.tagName === 'html') return undefined;
  if (element.tagName === 'noscript') return 'noscript';
  if (element.tagName === 'dialog' && attribute(element, 'open') === undefined) return 'closed-dialog';
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' && value !== 'until-found') return 'hidden-attribute';
    if (name === 'aria-hidden' && value === 'true') return 'aria-hidden';
    if (name === 'style' && value !== '') {
      const reason = hiddenByStyle(styleOf(value));
      if (reason) return reason;
    }
  }
  return undefined;
}
