import type { TableElement, TextElement } from '#schemas/records/extracted.ts';
import { bodyText } from './drawing.ts';
import { formatNumber } from './number-format.ts';
import { attributeOf, childOf, childrenOf, descendantsOf, elementsOf, textOf, type XmlNode } from './xml-tree.ts';

/** More points than this is a data dump, not a chart that someone reads. */
const MAX_POINTS = 10_000;

/** Cached values of a reference or literal, by point index. */
function cached(node: XmlNode | undefined): Map<number, string> {
  const values = new Map<number, string>();
  if (node === undefined) return values;
  const caches = ['strCache', 'numCache', 'strLit', 'numLit', 'lvl'].flatMap((name) => [...descendantsOf(node, name)]);
  const format = textOf(caches.map((c) => childOf(c, 'formatCode')).find((c) => c !== undefined));
  const numeric = caches.some((c) => c.name.startsWith('num'));
  for (const point of caches.flatMap((c) => childrenOf(c, 'pt'))) {
    if (values.size >= MAX_POINTS) break;
    const index = Number(attributeOf(point, 'idx') ?? 0);
    const raw = textOf(childOf(point, 'v')).trim();
    const text = numeric && raw !== '' && !Number.isNaN(Number(raw)) ? formatNumber(Number(raw), format || 'General') : raw;
    const outer = values.get(index);
    values.set(index, outer === undefined ? text : `${text} ${outer}`);
  }
  return values;
}

const titleOf = (node: XmlNode | undefined): string => {
  const title = childOf(node, 'title', 'tx');
  return bodyText(childOf(title, 'rich')) || [...cached(title).values()].join(' ');
};

type Series = { name: string; categories: Map<number, string>; values: Map<number, string> };

const seriesOf = (plotArea: XmlNode): Series[] =>
  [...descendantsOf(plotArea, 'ser')].map((node) => ({
    name: [...cached(childOf(node, 'tx')).values()].join(' ') || textOf(childOf(node, 'tx', 'v')),
    categories: cached(childOf(node, 'cat') ?? childOf(node, 'xVal')),
    values: cached(childOf(node, 'val') ?? childOf(node, 'yVal')),
  }));

/** A chart part as its title and the table of the values that it draws: categories down, series across. */
export function chartElements(root: XmlNode): (TableElement | TextElement)[] {
  const chart = childOf(root, 'chart');
  const plotArea = childOf(chart, 'plotArea');
  const series = plotArea === undefined ? [] : seriesOf(plotArea);
  const axes = plotArea === undefined ? [] : elementsOf(plotArea).map(titleOf);
  const title = [titleOf(chart), ...axes].filter((text) => text !== '').join('\n');
  const categories = new Map<number, string>();
  for (const { categories: own, values } of series) {
    for (const index of values.keys()) if (!categories.has(index)) categories.set(index, own.get(index) ?? '');
  }
  const indexes = [...categories.keys()].sort((a, b) => a - b);
  const rows = indexes.map((index) => [categories.get(index) ?? '', ...series.map((s) => s.values.get(index) ?? '')]);
  const table: TableElement = { kind: 'table', rows: [['', ...series.map((s) => s.name)], ...rows], headerRows: 1 };
  return [...(title === '' ? [] : [{ kind: 'caption' as const, text: title }]), ...(rows.length === 0 ? [] : [table])];
}
