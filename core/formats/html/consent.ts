import { attribute, descendants, type HtmlElement, rawText } from './dom.ts';

/** What the boxes are named that ask for consent, by those who write them and by the programs that are bought for it. */
const CONSENT =
  /(?:^|[\s_-])(?:cookies?|cookie[a-z]*|[a-z]*consent|gdpr|dsgvo|onetrust|cybotcookiebot[a-z]*|didomi|usercentrics|iubenda|truste|cc-(?:window|banner))(?:$|[\s_-])/i;
const BOXES = new Set('div section aside form dialog p footer header'.split(' '));
const DIALOGS = new Set(['dialog', 'alertdialog']);

/** A page about cookies is not a wall before a page: beyond this share of the letters it is what the page says. */
const MOST_OF_PAGE = 0.3;

/** Boxes that ask for consent to cookies before the page may be read. */
export function consentBoxesIn(body: HtmlElement): ReadonlySet<HtmlElement> {
  const boxes = new Set<HtmlElement>();
  let most: number | undefined;
  for (const element of descendants(body)) {
    if (!asksForConsent(element)) continue;
    most ??= rawText(body).length * MOST_OF_PAGE;
    if (rawText(element).length <= most) boxes.add(element);
  }
  return boxes;
}

function asksForConsent(element: HtmlElement): boolean {
  if (!BOXES.has(element.tagName)) return false;
  if (CONSENT.test(`${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`)) return true;
  return DIALOGS.has(attribute(element, 'role') ?? '') && CONSENT.test(attribute(element, 'aria-label') ?? '');
}
