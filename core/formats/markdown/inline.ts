import MarkdownIt, { type Env, type StateInline, type Token } from 'markdown-it';
import { footnotes } from './footnotes.ts';

/** Deeper block nesting than this is left out; parsing recurses. */
const MAX_NESTING = 200;

const parser = () => {
  const md = new MarkdownIt('commonmark', { html: true, maxNesting: MAX_NESTING }).enable(['table', 'strikethrough']).use(footnotes);
  md.inline.ruler2.push('drop_struck', dropStruck);
  return md;
};

/** What is struck out no longer holds. */
function dropStruck({ tokens }: StateInline): void {
  let depth = 0;
  let kept = 0;
  for (const token of tokens) {
    if (token.type === 's_open') depth++;
    else if (token.type === 's_close') depth--;
    else if (depth === 0) tokens[kept++] = token;
  }
  tokens.length = kept;
}

/** Blocks alone: most text holds no inline markup, and parsing it for some takes four fifths of the time. */
export const blockParser = parser().disable(['inline']);
export const fullParser = parser();

export type Inline = { text: string; images: string[]; links: string[] };

const MAY_HOLD_MARKUP = /[\\`*_~[\]<&]| {2}\n/;

/** Text without its markup; nothing if it holds HTML whose meaning takes an HTML parser. */
export function readInline(source: string, env: Env): Inline | undefined {
  if (!MAY_HOLD_MARKUP.test(source)) return { text: source.replaceAll('\n', ' '), images: [], links: [] };
  const tokens: Token[] = [];
  fullParser.inline.parse(source, fullParser, env, tokens);
  const inline: Inline = { text: '', images: [], links: [] };
  if (!append(tokens, inline)) return undefined;
  if (source.includes('~~')) inline.text = inline.text.replace(/ {2,}/g, ' ');
  return inline;
}

function append(tokens: readonly Token[], inline: Inline): boolean {
  for (const token of tokens) {
    if (token.type === 'link_open') inline.links.push(String(token.attrGet('href') ?? ''));
    if (token.type === 'softbreak') inline.text += ' ';
    else if (token.type === 'hardbreak') inline.text += '\n';
    else if (token.type === 'image') appendImage(token, inline);
    else if (token.type !== 'html_inline') inline.text += token.content;
    else if (isPlaceholder(token, tokens)) inline.text += token.content;
    else if (/^<br\s*\/?>$/i.test(token.content)) inline.text += '\n';
    else if (!token.content.startsWith('<!--')) return false;
  }
  return true;
}

function appendImage(token: Token, inline: Inline): void {
  const alternative: Inline = { text: '', images: [], links: [] };
  if (append(token.children ?? [], alternative) && alternative.text.trim() !== '') inline.images.push(alternative.text.trim());
}

const ELEMENTS = new Set(
  'a abbr address area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr'.split(
    ' ',
  ),
);

/** `List<String>` and `<your-name>` are what their author typed, not elements, unless something closes them. */
function isPlaceholder(token: Token, siblings: readonly Token[]): boolean {
  const name = /^<([a-z][\w-]*)/i.exec(token.content)?.[1]?.toLowerCase();
  if (name === undefined || ELEMENTS.has(name)) return false;
  return !closedNames(siblings).has(name);
}

const closed = new WeakMap<readonly Token[], ReadonlySet<string>>();

function closedNames(tokens: readonly Token[]): ReadonlySet<string> {
  const known = closed.get(tokens);
  if (known) return known;
  const names = new Set<string>();
  for (const token of tokens) {
    const name = token.type === 'html_inline' ? /^<\/([a-z][\w-]*)/i.exec(token.content)?.[1] : undefined;
    if (name) names.add(name.toLowerCase());
  }
  closed.set(tokens, names);
  return names;
}

fullParser.renderer.rules.html_inline = (tokens, index) => {
  const token = tokens[index];
  if (!token) return '';
  return isPlaceholder(token, tokens) ? fullParser.utils.escapeHtml(token.content) : token.content;
};
