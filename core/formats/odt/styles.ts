import { attributeOf, childOf, childrenOf, elementsOf, type XmlNode } from '../xml-tree.ts';

type OdtStyle = {
  /** Names from the style itself up to its oldest ancestor, as a person sees them. */
  names: string[];
  hidden: boolean;
  struck: boolean;
  monospaced: boolean;
  /** Of a slide or a sheet: not shown at all. */
  invisible: boolean;
};

export type ListLevel = { format: string; prefix: string; suffix: string; shownLevels: number; start: number };

export type OdtStyles = {
  get(name: string | undefined): OdtStyle;
  /** Level of a list style, from 1; undefined: a bullet, or not known. */
  listLevel(listStyle: string | undefined, level: number): ListLevel | undefined;
};

const MONOSPACED = /\b(courier|consolas|menlo|monaco|mono|monospace|lucida console|source code)\b/i;

/** `Heading_20_1` is how `Heading 1` is written where names must be XML names. */
const shownName = (name: string): string =>
  name.replace(/_([0-9a-f]{2})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Styles of the content part and of the styles part; the content's own win. */
export function readOdtStyles(roots: readonly (XmlNode | undefined)[]): OdtStyles {
  const styles = new Map<string, XmlNode>();
  const lists = new Map<string, XmlNode>();
  for (const root of roots) {
    for (const node of [...elementsOf(childOf(root, 'styles') ?? NONE), ...elementsOf(childOf(root, 'automatic-styles') ?? NONE)]) {
      const name = attributeOf(node, 'name') ?? '';
      if (node.name === 'style') styles.set(name, node);
      else if (node.name === 'list-style') lists.set(name, node);
    }
  }

  function get(name: string | undefined): OdtStyle {
    const style: OdtStyle = { names: [], hidden: false, struck: false, monospaced: false, invisible: false };
    const seen = new Set<string>();
    let line: string | undefined;
    for (let at = name; at !== undefined && !seen.has(at); at = attributeOf(styles.get(at), 'parent-style-name')) {
      seen.add(at);
      const node = styles.get(at);
      const text = childOf(node, 'text-properties');
      style.names.push(shownName(attributeOf(node, 'display-name') ?? at));
      style.hidden ||= attributeOf(text, 'display') === 'none';
      line ??= attributeOf(text, 'text-line-through-type') ?? attributeOf(text, 'text-line-through-style');
      style.invisible ||=
        attributeOf(childOf(node, 'drawing-page-properties'), 'visibility') === 'hidden' ||
        attributeOf(childOf(node, 'table-properties'), 'display') === 'false';
      style.monospaced ||= MONOSPACED.test(attributeOf(text, 'font-name') ?? attributeOf(text, 'font-family') ?? '');
    }
    style.struck = line !== undefined && line !== 'none';
    return style;
  }

  return {
    get,
    listLevel(listStyle, level) {
      const node = childrenOf(listStyle === undefined ? undefined : lists.get(listStyle), 'list-level-style-number').find(
        (candidate) => attributeOf(candidate, 'level') === String(level),
      );
      if (node === undefined) return undefined;
      return {
        format: attributeOf(node, 'num-format') ?? '',
        prefix: attributeOf(node, 'num-prefix') ?? '',
        suffix: attributeOf(node, 'num-suffix') ?? '',
        shownLevels: Number(attributeOf(node, 'display-levels') ?? 1) || 1,
        start: Number(attributeOf(node, 'start-value') ?? 1) || 1,
      };
    },
  };
}

const NONE: XmlNode = { name: '', prefix: '', attributes: {}, children: [] };
