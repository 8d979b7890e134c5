import { letters, roman } from '../counting.ts';
import { attributeOf, childOf, childrenOf, type XmlNode } from '../xml-tree.ts';

type Level = { format: string; text: string; start: number; restartAfter: number | undefined; style: string | undefined };
type List = { abstractId: string; levels: Level[]; startOverrides: Map<number, number> };

export type Numbering = {
  /** Counts one item of the list and answers its marker as printed; '' for a bullet; undefined: no such list. */
  next(numId: string, level: number): { marker: string } | undefined;
  /** The level that a paragraph style is tied to in a list. */
  levelOfStyle(numId: string, styleId: string): number | undefined;
};

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
    case 'none':
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

/** Counts list items as Word does: lists of one abstract definition share their counters, deeper levels restart. */
export function readNumbering(root: XmlNode | undefined): Numbering {
  const lists = readLists(root);
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
    for (let deeper = level + 1; deeper <= 8; deeper++) {
      if (list.levels[deeper]?.restartAfter !== 0) delete counts[deeper];
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

function markerOf(list: List, counts: readonly (number | undefined)[], level: number): string {
  const definition = list.levels[level];
  if (definition === undefined || definition.format === 'bullet') return '';
  return definition.text
    .replace(/%([1-9])/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const source = list.levels[index];
      return counted(source?.format ?? 'decimal', counts[index] ?? source?.start ?? 1);
    })
    .trim();
}
