import { attribute, descendants, type HtmlElement, type HtmlParent, isElement, isText, rawText } from './dom.ts';

const typesOf = (element: HtmlElement): string => `${attribute(element, 'epub:type') ?? ''} ${attribute(element, 'role') ?? ''}`;

const NOTE_BLOCKS = new Set('aside li p div dd'.split(' '));
/** More text than this is a part of the page that a link leads to. */
const MAX_NOTE = 2_000;

/** A foot- or endnote: one that EPUB's types or the roles for publishing mark as such, or that a raised number leads to. */
export function isFootnote(element: HtmlElement, targets: ReadonlySet<string>): boolean {
  if (/(?:^|[\s-])(?:foot|end|rear)note(?:\s|$)/.test(typesOf(element))) return true;
  if (!NOTE_BLOCKS.has(element.tagName) || targets.size === 0) return false;
  return targets.has(attribute(element, 'id') ?? '') && rawText(element).length <= MAX_NOTE;
}

/** The ids that note marks lead to. */
export function noteTargets(root: HtmlParent): ReadonlySet<string> {
  const targets = new Set<string>();
  for (const element of descendants(root)) {
    const target = element.tagName === 'a' ? /^#(.+)/.exec(attribute(element, 'href') ?? '')?.[1] : undefined;
    const around = element.parentNode && 'tagName' in element.parentNode ? element.parentNode : element;
    if (target && !isReturn(element) && (isNoteMark(element) || isNoteMark(around))) targets.add(target);
  }
  return targets;
}

const isReturn = (link: HtmlElement): boolean => RETURN.test(rawText(link)) || /backlink|referrer/.test(typesOf(link));

/** What a mark without brackets is; one in brackets reads well where it stands. */
const MARK = /^(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})$/i;
const RETURN = /^(?:[\s\u21a9\u21b5\u2191\u2934\u2b06]|\ufe0e)+$/;

/**
 * A raised number that leads to a note, or the way back from it: read as text it would stick to the word before, and
 * `flow1` is no word.
 */
export function isNoteMark(element: HtmlElement): boolean {
  if (element.tagName !== 'a' && element.tagName !== 'sup') return false;
  if (/(?:^|[\s-])(?:noteref|referrer|backlink)(?:\s|$)/.test(typesOf(element))) return true;
  const other = element.tagName === 'a' ? 'sup' : 'a';
  const inner = only(element, other);
  const link = element.tagName === 'a' ? element : inner;
  if (!link || !/#/.test(attribute(link, 'href') ?? '')) return false;
  return inner ? MARK.test(rawText(element).trim()) : RETURN.test(rawText(element));
}

/** The one element of that name that an element holds, with nothing beside it. */
function only(element: HtmlElement, tagName: string): HtmlElement | undefined {
  const filled = element.childNodes.filter((child) => !isText(child) || child.value.trim() !== '');
  const [first] = filled;
  return filled.length === 1 && first && isElement(first) && first.tagName === tagName ? first : undefined;
}
