import { attribute, descendants, type HtmlDocument, type HtmlElement, rawText } from './dom.ts';

/** `property: value` pairs; properties lower-cased, values lower-cased without `!important`. */
export type Style = ReadonlyMap<string, string>;

/** What one selector asks of the element itself; `isSure`: that is all it asks. */
type Rule = { tag: string; names: string[]; style: Style; isSure: boolean };
/** `told`: what was found of elements that are alike. */
type Sheet = { rules: ReadonlyMap<string, readonly Rule[]>; told: Map<string, readonly Style[]> };

/** Pages with more are judged without their sheets, or judging them would cost more than reading them. */
const MOST_LETTERS = 200_000;
const MOST_RULES = 2_000;
/** Elements that more rules are about likewise. */
const MOST_MATCHING = 50;
const MOST_NESTED = 4;

export function styleOf(style: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace('!important', '');
    properties.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return properties;
}

/** The rules of a sheet. What stands in an at-rule holds at times only: it hides nothing for sure. */
function* blocksOf(css: string, isSure: boolean, nested = 0): Generator<{ selector: string; body: string; isSure: boolean }> {
  for (let at = 0; at < css.length; ) {
    const open = css.indexOf('{', at);
    if (open === -1) return;
    const selector = css.slice(at, open).split(';').at(-1)?.trim() ?? '';
    let end = open + 1;
    for (let depth = 1; end < css.length && depth > 0; end++) {
      if (css[end] === '{') depth++;
      else if (css[end] === '}') depth--;
    }
    const body = css.slice(open + 1, end - 1);
    if (!selector.startsWith('@')) yield { selector, body, isSure };
    else if (nested < MOST_NESTED) yield* blocksOf(body, false, nested + 1);
    at = end;
  }
}

function ruleOf(selector: string, style: Style, isSure: boolean): Rule {
  const parts = selector
    .replace(/\s+/g, ' ')
    .trim()
    .split(/[ >+~]+/);
  const last = parts.at(-1) ?? '';
  const [, tag = '', names = '', more = ''] = /^(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)(.*)$/is.exec(last) ?? [];
  const isSimple = parts.length === 1 && more === '';
  return { tag: tag.toLowerCase(), names: names.match(/[.#][\w-]+/g) ?? [], style, isSure: isSure && isSimple };
}

function sheetOf(page: HtmlDocument): Sheet | undefined {
  const rules = new Map<string, Rule[]>();
  let letters = 0;
  let count = 0;
  for (const element of descendants(page)) {
    // What a script or a sheet elsewhere shows cannot be known.
    if (element.tagName === 'script' || isLinkedSheet(element)) return undefined;
    if (element.tagName !== 'style') continue;
    const css = rawText(element);
    letters += css.length;
    if (letters > MOST_LETTERS || /@import/i.test(css)) return undefined;
    const always = ALWAYS.has((attribute(element, 'media') ?? '').trim().toLowerCase());
    for (const { selector, body, isSure } of blocksOf(css.replace(/\/\*[\s\S]*?\*\//g, ''), always)) {
      const style = styleOf(body);
      for (const one of selector.split(',')) {
        const rule = ruleOf(one, style, isSure);
        const key = rule.names[0] ?? rule.tag;
        rules.set(key, [...(rules.get(key) ?? []), rule]);
        if (++count > MOST_RULES) return undefined;
      }
    }
  }
  return count === 0 ? undefined : { rules, told: new Map() };
}

const ALWAYS = new Set(['', 'all', 'screen']);

const isLinkedSheet = (element: HtmlElement): boolean => element.tagName === 'link' && /stylesheet/i.test(attribute(element, 'rel') ?? '');

/** Whether anything but the elements themselves may say how a page looks. */
export function hasStyleSheet(page: HtmlDocument): boolean {
  for (const element of descendants(page)) if (element.tagName === 'style' || isLinkedSheet(element)) return true;
  return false;
}

const sheets = new WeakMap<HtmlDocument, Sheet | undefined>();

function pageOf(element: HtmlElement): HtmlDocument | undefined {
  let at: HtmlElement['parentNode'] = element;
  while (at && 'tagName' in at) at = at.parentNode;
  return at && 'mode' in at ? at : undefined;
}

/** What the page's own sheet says of an element by one rule that nothing else of the page, nor the element itself, speaks against. */
export function certainStyles(element: HtmlElement): readonly Style[] {
  const page = pageOf(element);
  if (!page) return [];
  if (!sheets.has(page)) sheets.set(page, sheetOf(page));
  const sheet = sheets.get(page);
  if (!sheet) return [];
  const [id, names, own] = ['id', 'class', 'style'].map((name) => attribute(element, name) ?? '');
  const key = JSON.stringify([element.tagName, id, names, own]);
  const known = sheet.told.get(key);
  if (known) return known;
  const matching = rulesFor(element, sheet);
  const inline = styleOf(own ?? '');
  const styles = matching
    .filter(({ isSure }) => isSure)
    .map((rule) => {
      const others = [inline, ...matching.filter((other) => other !== rule && !isWeaker(other, rule)).map(({ style }) => style)];
      return new Map([...rule.style].filter(([property, value]) => others.every((other) => (other.get(property) ?? value) === value)));
    });
  sheet.told.set(key, styles);
  return styles;
}

/** A rule for all elements of a name, where the other is for some of them. */
const isWeaker = (one: Rule, other: Rule): boolean => one.isSure && one.names.length === 0 && other.names.length > 0;

function rulesFor(element: HtmlElement, { rules }: Sheet): Rule[] {
  const id = attribute(element, 'id');
  const names = new Set([
    ...(attribute(element, 'class') ?? '').split(/\s+/).flatMap((name) => (name === '' ? [] : [`.${name}`])),
    ...(id === undefined ? [] : [`#${id}`]),
  ]);
  const found = ['', '*', element.tagName, ...names].flatMap((key) => rules.get(key) ?? []);
  if (found.length > MOST_MATCHING) return [];
  return found.filter(({ tag, names: asked }) => ['', '*', element.tagName].includes(tag) && asked.every((name) => names.has(name)));
}
