import { letters, roman } from '../counting.ts';
import type { ListLevel } from './styles.ts';

export type ListCounter = {
  /** Counts one item at a level from 1 and answers its number as printed; '' for a bullet. */
  next(level: number): string;
};

function shown(format: string, n: number): string {
  switch (format) {
    case 'i':
      return roman(n);
    case 'I':
      return roman(n).toUpperCase();
    case 'a':
      return letters(n);
    case 'A':
      return letters(n).toUpperCase();
    case '':
      return '';
    default:
      return String(n);
  }
}

export function listCounter(levelAt: (level: number) => ListLevel | undefined): ListCounter {
  const counts: number[] = [];
  return {
    next(level) {
      const own = levelAt(level);
      counts.length = Math.min(counts.length, level + 1);
      counts[level] = (counts[level] ?? (own?.start ?? 1) - 1) + 1;
      if (own === undefined || own.format === '') return '';
      const numbers: string[] = [];
      for (let at = Math.max(1, level - own.shownLevels + 1); at <= level; at++) {
        const number = shown(levelAt(at)?.format ?? '', counts[at] ?? 1);
        if (number !== '') numbers.push(number);
      }
      return `${own.prefix}${numbers.join('.')}${own.suffix}`.trim();
    },
  };
}
