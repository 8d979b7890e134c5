import { letters, roman } from '../counting.ts';
import { attributeOf, childOf, childrenOf, type XmlNode } from '../xml-tree.ts';
import { isOn } from './styles.ts';

export type Level = {
  format: string;
  text: string;
  start: number;
  restartAfter: number | undefined;
  style: string | undefined;
  isLegal: boolean;
};
/** Lists that share an abstract definition share their counters. */
export type List = { abstractId: string; levels: Level[]; startOverrides: Map<number, number> };

export type Numbering = {
  /** Counts one item of the list and answers its marker as printed; '' for a bullet; undefined: no such list. */
  next(numId: string, level: number): { marker: string } | undefined;
  /** The level that a paragraph style is tied to in a list. */
  levelOfStyle(numId: string, styleId: string): number | undefined;
};

const ordinalSuffix = (n: number): string => (n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'));

function counted(format: string, n: number): string {
  switch (format) {
    case 'lowerRoman':
      return roman(n);
    case 'upperRoman':
      return roman(n).toUpperCase();
    case 'lowerLetter':
      return letters(n);
    case 'upperLetter':
      return letters(n).toUpperCase();
    case 'decimalZero':
      return String(n).padStart(2, '0');
    case 'ordinal':
      return `${n}${ordinalSuffix(n)}`;
    case 'none':
    case 'bullet':
      return '';
    default:
      return String(n);
  }
}

function levelsOf(abstract: XmlNode | undefined): Level[] {
  const levels: Level[] = [];
  for (const node of childrenOf(abstract, 'lvl')) {
    const index = Number(attributeOf(node, 'ilvl') ?? 0);
    if (!(index >= 0 && index <= 8)) continue;
    const value = (name: string) => attributeOf(childOf(node, name), 'val');
    const restart = value('lvlRestart');
    levels[index] = {
      format: value('numFmt') ?? 'decimal',
      text: value('lvlText') ?? '',
      start: Number(value('start') ?? 1) || 0,
      restartAfter: restart === undefined ? undefined : Number(restart),
      style: value('pStyle'),
      isLegal: isOn(childOf(node, 'isLgl')),
    };
  }
  return levels;
}

function readLists(root: XmlNode | undefined): Map<string, List> {
  const abstracts = new Map(childrenOf(root, 'abstractNum').map((node) => [attributeOf(node, 'abstractNumId') ?? '', node]));
  const lists = new Map<string, List>();
  for (const node of childrenOf(root, 'num')) {
    const abstractId = attributeOf(childOf(node, 'abstractNumId'), 'val') ?? '';
    const levels = levelsOf(abstracts.get(abstractId));
    const startOverrides = new Map<number, number>();
    for (const override of childrenOf(node, 'lvlOverride')) {
      const index = Number(attributeOf(override, 'ilvl') ?? 0);
      for (const [i, level] of levelsOf(override).entries()) if (level !== undefined) levels[i] = level;
      const start = attributeOf(childOf(override, 'startOverride'), 'val');
      if (start !== undefined) startOverrides.set(index, Number(start) || 0);
    }
    lists.set(attributeOf(node, 'numId') ?? '', { abstractId, levels, startOverrides });
  }
  return lists;
}

export const readNumbering = (root: XmlNode | undefined): Numbering => numberingOf(readLists(root));

/** Counts list items as Word does: lists of one abstract definition share their counters, deeper levels restart. */
export function numberingOf(lists: ReadonlyMap<string, List>): Numbering {
  const counters = new Map<string, number[]>();
  const started = new Set<string>();

  function next(numId: string, level: number): { marker: string } | undefined {
    const list = lists.get(numId);
    if (list === undefined) return undefined;
    const counts = counters.get(list.abstractId) ?? [];
    counters.set(list.abstractId, counts);
    const override = list.startOverrides.get(level);
    if (override !== undefined && !started.has(`${numId}/${level}`)) counts[level] = override;
    else counts[level] = (counts[level] ?? (list.levels[level]?.start ?? 1) - 1) + 1;
    started.add(`${numId}/${level}`);
    // A level that was left out counts as begun.
    for (let upper = 0; upper < level; upper++) counts[upper] ??= list.levels[upper]?.start ?? 1;
    for (let deeper = level + 1; deeper <= 8; deeper++) {
      const restartAfter = list.levels[deeper]?.restartAfter;
      if (restartAfter === undefined || level < restartAfter) delete counts[deeper];
    }
    return { marker: markerOf(list, counts, level) };
  }

  return {
    next,
    levelOfStyle(numId, styleId) {
      const index = lists.get(numId)?.levels.findIndex((l) => l?.style === styleId) ?? -1;
      return index < 0 ? undefined : index;
    },
  };
}

const COUNTING: ReadonlySet<string> = new Set(['lowerRoman', 'upperRoman', 'lowerLetter', 'upperLetter', 'ordinal']);

function markerOf(list: List, counts: readonly (number | undefined)[], level: number): string {
  const definition = list.levels[level];
  if (definition === undefined || definition.format === 'bullet') return '';
  return definition.text
    .replace(/%([1-9])/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const source = list.levels[index];
      const format = source?.format ?? 'decimal';
      // Legal numbering has Arabic figures at all levels.
      return counted(definition.isLegal && COUNTING.has(format) ? 'decimal' : format, counts[index] ?? source?.start ?? 1);
    })
    .trim();
}
