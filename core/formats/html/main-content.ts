import type { Boilerplate } from './block-writer.ts';
import { consentBoxesIn } from './consent.ts';
import { attribute, type HtmlDocument, type HtmlElement, type HtmlNode, isElement } from './dom.ts';
import { menusIn } from './menus.ts';
import { adopt, type Box, boxesOf, isBox, newBox } from './reading/box.ts';
import { bodyOf, buildPage } from './reading/build.ts';
import { contentBoxes } from './reading/candidates.ts';
import { clean } from './reading/cleaning.ts';
import { plausibleParts, textsOf } from './reading/plausible.ts';
import { titleTexts } from './title.ts';

/** With less text than this, the next attempt throws less away. */
const ENOUGH_LETTERS = 500;

const ATTEMPTS = [
  { strict: true, weighNames: true, conditionally: true },
  { strict: false, weighNames: true, conditionally: true },
  { strict: false, weighNames: false, conditionally: true },
  { strict: false, weighNames: false, conditionally: false },
] as const;

/** Running text that the best part leaves out, as a share of what it holds: beyond it, the page has no one best part. */
const MOST_LEFT_OUT = 0.4;

/** With so much of its text plausible by itself, a page has no furniture but what it names so. */
const ALL_CONTENT = 0.95;

/** What of a page is its furniture, for each text and picture; the method is that of Mozilla's Readability (Apache-2.0). */
export function furnitureOf(document: HtmlDocument): (node: HtmlNode) => Boilerplate | undefined {
  const body = bodyOf(document.childNodes);
  if (!body) return () => undefined;
  const consent = consentBoxesIn(body);
  const contentOf = contentIn(document, body);
  return (node) => (isWithin(node, consent) ? 'notice' : contentOf(node));
}

function isWithin(node: HtmlNode, boxes: ReadonlySet<HtmlElement>): boolean {
  if (boxes.size === 0) return false;
  for (let at = node.parentNode; at && 'tagName' in at && isElement(at); at = at.parentNode) if (boxes.has(at)) return true;
  return false;
}

function contentIn(document: HtmlDocument, body: HtmlElement): (node: HtmlNode) => Boilerplate | undefined {
  const parts = plausibleParts(buildPage(body, true).root);
  const plausible = parts.reduce((sum, part) => sum + part.counts.letters, 0);
  if (plausible >= buildPage(body, false).root.counts.letters * ALL_CONTENT) return navigationIn(body);
  const article = bestPart(body);
  if (!article || article.counts.letters === 0) return () => undefined;
  const kept = new Set<HtmlNode>();
  keep(article, kept);
  const leftOut = parts.filter((part) => !textsOf(part).some((text) => kept.has(text)));
  const letters = leftOut.reduce((sum, part) => sum + part.counts.letters, 0);
  if (letters > article.counts.letters * MOST_LEFT_OUT) for (const part of leftOut) keep(part, kept);
  for (const text of titleTexts(document, body)) kept.add(text);
  return (node) => (kept.has(node) ? undefined : kindOf(node));
}

/** The first attempt that leaves enough, else the one that leaves most. */
function bestPart(body: HtmlElement): Box | undefined {
  let longest: Box | undefined;
  for (const { strict, ...options } of ATTEMPTS) {
    const page = buildPage(body, strict);
    const article = newBox('div');
    adopt(article, contentBoxes(page, options.weighNames));
    clean(article, options);
    article.counts.letters = boxesOf(article).reduce((sum, box) => sum + box.counts.letters, 0);
    if (article.counts.letters >= ENOUGH_LETTERS) return article;
    if (!longest || article.counts.letters > longest.counts.letters) longest = article;
  }
  return longest;
}

function navigationIn(body: HtmlElement): (node: HtmlNode) => Boilerplate | undefined {
  const menus = menusIn(body);
  return (node) => {
    for (let at = node.parentNode; at && 'tagName' in at && isElement(at); at = at.parentNode) {
      if (at.tagName === 'nav' || attribute(at, 'role') === 'navigation' || menus.has(at)) return 'navigation';
    }
    return undefined;
  };
}

function keep(box: Box, kept: Set<HtmlNode>): void {
  if (box.element) kept.add(box.element);
  for (const child of box.children) {
    if (isBox(child)) keep(child, kept);
    else kept.add(child);
  }
}

function kindOf(node: HtmlNode): Boilerplate {
  for (let at = node.parentNode; at && 'tagName' in at && isElement(at); at = at.parentNode) {
    if (at.tagName === 'footer') return 'footer';
    if (at.tagName === 'header') return 'header';
  }
  return 'navigation';
}
