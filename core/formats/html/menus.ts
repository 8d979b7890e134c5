import { attribute, childElements, descendants, type HtmlElement, rawText } from './dom.ts';
import { LISTS } from './tags.ts';

const MAX_LABEL = 40;

/** Lists of links to other pages above the title: the menu of a page that names nothing so. None without a title. */
export function menusIn(body: HtmlElement): ReadonlySet<HtmlElement> {
  const menus = new Set<HtmlElement>();
  for (const element of descendants(body)) {
    if (element.tagName === 'h1') return menus;
    if (LISTS.has(element.tagName) && isMenu(element)) menus.add(element);
  }
  return new Set();
}

function isMenu(list: HtmlElement): boolean {
  const items = childElements(list);
  return items.length > 1 && items.every((item) => item.tagName === 'li' && isLink(item));
}

/** An item that says no more than its link does. */
function isLink(item: HtmlElement): boolean {
  const text = rawText(item).trim();
  const links = [...descendants(item)].filter((element) => element.tagName === 'a');
  const label = links.map(rawText).join('').trim();
  return label !== '' && label.length <= MAX_LABEL && label === text && links.every((link) => isElsewhere(attribute(link, 'href')));
}

const isElsewhere = (href: string | undefined): boolean => href !== undefined && !href.startsWith('#');
