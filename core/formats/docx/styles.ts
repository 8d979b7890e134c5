import { attributeOf, childOf, childrenOf, type XmlNode } from '../xml-tree.ts';

/** What a paragraph or character style says, with what it inherits. */
export type Style = {
  name: string;
  /** 0-based outline level; 9 and above is body text. */
  outline?: number;
  numId?: string;
  listLevel?: number;
  vanish?: boolean;
  colour?: string;
  isShaded?: boolean;
  monospaced?: boolean;
};

export type Styles = {
  /** By style id; an unknown id gives a style of that name, since some producers write names there. */
  get(id: string | undefined): Style;
  /** The style of paragraphs that name none. */
  readonly normal: Style;
};

/** Names that headings have where the producer writes its own language into the style name. */
const HEADING_NAME =
  /^(?:heading|überschrift|uberschrift|berschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|заголовок|başlık|見出し|标题|標題|제목)\s*(\d)\b/i;
const MONOSPACED = /\b(courier|consolas|menlo|monaco|mono|monospace|lucida console|source code|fira code|cascadia)\b/i;

/** A toggle property such as `w:vanish`: present means on, unless its value says off. */
export const isOn = (node: XmlNode | undefined): boolean => node !== undefined && !/^(0|false|off)$/.test(attributeOf(node, 'val') ?? '');

export const isMonospaced = (runProperties: XmlNode | undefined): boolean => {
  const fonts = childOf(runProperties, 'rFonts');
  return MONOSPACED.test(attributeOf(fonts, 'ascii') ?? attributeOf(fonts, 'hAnsi') ?? '');
};

function ownStyle(node: XmlNode): Partial<Style> {
  const paragraph = childOf(node, 'pPr');
  const run = childOf(node, 'rPr');
  const outline = attributeOf(childOf(paragraph, 'outlineLvl'), 'val');
  const numId = attributeOf(childOf(paragraph, 'numPr', 'numId'), 'val');
  const listLevel = attributeOf(childOf(paragraph, 'numPr', 'ilvl'), 'val');
  const vanish = childOf(run, 'vanish');
  const colour = attributeOf(childOf(run, 'color'), 'val');
  return {
    ...(outline !== undefined && { outline: Number(outline) }),
    ...(numId !== undefined && { numId }),
    ...(listLevel !== undefined && { listLevel: Number(listLevel) }),
    ...(vanish !== undefined && { vanish: isOn(vanish) }),
    ...(colour !== undefined && { colour }),
    ...((childOf(paragraph, 'shd') ?? childOf(run, 'shd') ?? childOf(run, 'highlight')) !== undefined && { isShaded: true }),
    ...(childOf(run, 'rFonts') !== undefined && { monospaced: isMonospaced(run) }),
  };
}

export function readStyles(root: XmlNode | undefined): Styles {
  const nodes = new Map(childrenOf(root, 'style').map((node) => [attributeOf(node, 'styleId') ?? '', node]));
  const known = new Map<string, Style>();

  function get(id: string | undefined, chain: readonly string[] = []): Style {
    if (id === undefined) return normal;
    const before = known.get(id);
    if (before !== undefined) return before;
    const node = nodes.get(id);
    const parentId = attributeOf(childOf(node, 'basedOn'), 'val');
    const parent = parentId !== undefined && !chain.includes(parentId) && nodes.has(parentId) ? get(parentId, [...chain, id]) : undefined;
    const name = attributeOf(childOf(node, 'name'), 'val') ?? id;
    const style: Style = { ...parent, name, ...(node === undefined ? {} : ownStyle(node)) };
    if (style.outline === undefined || !HEADING_NAME.test(name)) {
      const level = HEADING_NAME.exec(name)?.[1];
      if (level !== undefined) style.outline = Number(level) - 1;
      else if (/^title$/i.test(name)) style.outline = 0;
    }
    known.set(id, style);
    return style;
  }

  const defaultNode = [...nodes].find(
    ([, node]) => attributeOf(node, 'type') === 'paragraph' && /^(1|true)$/.test(attributeOf(node, 'default') ?? ''),
  );
  const normal: Style = defaultNode === undefined ? { name: 'Normal' } : { name: 'Normal', ...ownStyle(defaultNode[1]) };
  return { get, normal };
}

/** `List Bullet 2` nests by its name: each of these styles has a list of its own, of one level. */
export const nestingOf = (style: Style): number => Number(/^list(?: bullet| number)? ([2-9])$/i.exec(style.name)?.[1] ?? 1) - 1;

export type Role = { kind: 'heading'; level: number } | { kind: 'code' | 'caption' | 'navigation' | 'body' };

/** What a paragraph is, by its style and its own outline level. */
export function roleOf(style: Style, ownOutline: number | undefined): Role {
  if (/^(toc|table of (contents|figures)|index) ?(\d|heading)?\b/i.test(style.name)) return { kind: 'navigation' };
  if (/^caption$/i.test(style.name)) return { kind: 'caption' };
  if (/\b(code|preformatted|verbatim)\b/i.test(style.name)) return { kind: 'code' };
  const outline = ownOutline ?? style.outline ?? 9;
  return outline >= 0 && outline < 9 ? { kind: 'heading', level: Math.min(6, outline + 1) } : { kind: 'body' };
}
