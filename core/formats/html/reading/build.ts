import { attribute, childElements, type HtmlElement, type HtmlNode, type HtmlText, isElement, isText } from '../dom.ts';
import { SKIPPED } from '../tags.ts';
import { hiddenReason } from '../visibility.ts';
import { addCounts, adopt, type Box, boxesOf, clearCounts, isBox, linkDensity, newBox } from './box.ts';
import { COMMAS, MAYBE, UNLIKELY, UNLIKELY_ROLES, VIDEO } from './words.ts';

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const PHRASING = set(
  'abbr audio b bdo br button cite code data datalist dfn em embed i img input kbd label mark math meter noscript object output progress q ruby samp script select small span strong sub sup textarea time var wbr',
);
const TRANSPARENT = set('a del ins');
/** What keeps a div from being a paragraph. */
const BLOCKS = set('blockquote dl div img ol p pre table ul');
const SCORED = set('section h2 h3 h4 h5 h6 p td pre');
const EMPTIABLE = set('div section header h1 h2 h3 h4 h5 h6');
const KEPT = set('object embed select textarea input');

export type Page = { root: Box /** Boxes that are judged by their text, in document order. */; scored: Box[] };

/** The page without what cannot be content; with `strict` also without what its names call furniture. */
export function buildPage(body: HtmlElement, strict: boolean): Page {
  const root = newBox('body', body);
  const page: Page = { root, scored: [] };
  fill(root, body, { strict, inTable: 0, inCode: 0 });
  collectScored(root, page.scored);
  return page;
}

/** `inTable` and `inCode` count down the levels for which an enclosing table or code protects. */
type Place = { strict: boolean; inTable: number; inCode: number };

function fill(box: Box, element: HtmlElement, place: Place): void {
  const children: (Box | HtmlText)[] = [];
  for (const child of element.childNodes) {
    if (isText(child)) children.push(child);
    else if (isElement(child) && !isOut(child, place)) {
      const inner = newBox(child.tagName === 'font' ? 'span' : child.tagName, child);
      inner.className = attribute(child, 'class') ?? '';
      inner.id = attribute(child, 'id') ?? '';
      fill(inner, child, {
        strict: place.strict,
        inTable: child.tagName === 'table' ? 4 : Math.max(0, place.inTable - 1),
        inCode: child.tagName === 'code' ? 4 : Math.max(0, place.inCode - 1),
      });
      const filled =
        EMPTIABLE.has(inner.tag) && inner.children.length === inner.counts.breaks && inner.counts.letters === 0 ? undefined : settle(inner);
      if (filled) children.push(filled);
    }
  }
  adopt(box, splitAtBreaks(children));
  if (box.tag === 'div') adopt(box, wrapPhrasing(box.children));
  count(box);
}

function isOut(element: HtmlElement, place: Place): boolean {
  const { tagName } = element;
  if (tagName === 'noscript' || (SKIPPED.has(tagName) && !KEPT.has(tagName))) return true;
  if (hiddenReason(element) !== undefined) return true;
  const role = attribute(element, 'role') ?? '';
  if (role === 'dialog' && attribute(element, 'aria-modal') === 'true') return true;
  if (!place.strict) return false;
  if (UNLIKELY_ROLES.has(role)) return true;
  if (tagName === 'a' || place.inTable > 0 || place.inCode > 0) return false;
  const names = `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`;
  return UNLIKELY.test(names) && !MAYBE.test(names);
}

/** A div that holds one paragraph, or no blocks at all, is that paragraph. */
function settle(box: Box): Box {
  if (box.tag !== 'div') return box;
  const [only, second] = boxesOf(box);
  const hasText = box.children.some((child) => !isBox(child) && child.value.trim() !== '');
  if (only?.tag === 'p' && !second && !hasText && linkDensity(box) < 0.25) return only;
  if (!hasBlock(box)) {
    box.tag = 'p';
    box.counts.paragraphs += 1;
  }
  return box;
}

const hasBlock = (box: Box): boolean => boxesOf(box).some((child) => BLOCKS.has(child.tag) || hasBlock(child));

const isBlank = (child: Box | HtmlText): boolean => (isBox(child) ? child.tag === 'br' : child.value.trim() === '');

const isPhrasing = (child: Box | HtmlText): boolean =>
  !isBox(child) || PHRASING.has(child.tag) || (TRANSPARENT.has(child.tag) && child.children.every(isPhrasing));

/** Two line breaks in a row start a paragraph. */
function splitAtBreaks(children: (Box | HtmlText)[]): (Box | HtmlText)[] {
  if (!children.some((child) => isBox(child) && child.tag === 'br')) return children;
  const result: (Box | HtmlText)[] = [];
  let open: (Box | HtmlText)[] | undefined;
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    if (!child) continue;
    const after = isBox(child) && child.tag === 'br' ? endOfBreaks(children, i) : i;
    if (after > i + 1) {
      if (open) result.push(paragraphOf(open));
      open = [];
      i = after - 1;
    } else if (open && isPhrasing(child)) open.push(child);
    else {
      if (open) result.push(paragraphOf(open));
      open = undefined;
      result.push(child);
    }
  }
  if (open) result.push(paragraphOf(open));
  return result;
}

/** Past the last of the breaks that start at `i`, blank text between them included; `i + 1` for a single one. */
function endOfBreaks(children: readonly (Box | HtmlText)[], i: number): number {
  let end = i + 1;
  for (let j = i + 1; j < children.length; j++) {
    const child = children[j];
    if (!child || !isBlank(child)) break;
    if (isBox(child)) end = j + 1;
  }
  return end;
}

function wrapPhrasing(children: readonly (Box | HtmlText)[]): (Box | HtmlText)[] {
  const result: (Box | HtmlText)[] = [];
  let open: (Box | HtmlText)[] = [];
  const close = (): void => {
    if (open.length > 0) result.push(paragraphOf(open));
    open = [];
  };
  for (const child of children) {
    if (!isPhrasing(child)) {
      close();
      result.push(child);
    } else if (open.length > 0 || !isBlank(child)) open.push(child);
    else result.push(child);
  }
  close();
  return result;
}

function paragraphOf(children: readonly (Box | HtmlText)[]): Box {
  const box = newBox('p');
  adopt(box, children);
  count(box);
  return box;
}

const TEXTUAL = set('span li td blockquote dl div img ol p pre table ul');

function count(box: Box): void {
  const { counts } = box;
  clearCounts(counts);
  for (const child of box.children) {
    if (isBox(child)) addCounts(counts, child.counts);
    else {
      const text = child.value.trim() === '' ? '' : child.value.replace(/\s+/g, ' ');
      counts.letters += text.length;
      counts.commas += text.match(COMMAS)?.length ?? 0;
    }
  }
  countOwn(box);
}

/** What the box itself is, beside what it holds. */
function countOwn({ tag, counts, element }: Box): void {
  if (tag === 'a') counts.linkLetters += counts.letters * (element && attribute(element, 'href')?.startsWith('#') ? 0.3 : 1);
  else if (tag === 'p') counts.paragraphs += 1;
  else if (tag === 'img') counts.images += 1;
  else if (tag === 'li') counts.items += 1;
  else if (tag === 'input') counts.inputs += 1;
  else if (tag === 'br' || tag === 'hr') counts.breaks += 1;
  else if (tag === 'ul' || tag === 'ol') counts.listLetters += counts.letters;
  else if (/^h[1-6]$/.test(tag)) counts.headingLetters += counts.letters;
  else if (tag === 'object' || tag === 'embed' || tag === 'iframe') {
    counts.embeds += 1;
    if (element?.attrs.some((attr) => VIDEO.test(attr.value))) counts.videos += 1;
  }
  if (TEXTUAL.has(tag) && counts.letters > 0) counts.textual += 1;
}

function collectScored(box: Box, scored: Box[]): void {
  for (const child of boxesOf(box)) {
    if (SCORED.has(child.tag)) scored.push(child);
    collectScored(child, scored);
  }
}

/** The element that holds the page's content, if it is a page. */
export const bodyOf = (nodes: readonly HtmlNode[]): HtmlElement | undefined => {
  const html = nodes.find((node) => isElement(node) && node.tagName === 'html');
  return html && isElement(html) ? childElements(html).find((element) => element.tagName === 'body') : undefined;
};
