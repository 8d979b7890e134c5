import type { TableElement } from '#schemas/records/extracted.ts';

const MAX_COLUMNS = 100;
/** Records whose longest text is longer, on average, are read better under headings than in rows. */
const MAX_CELL = 300;
/** Fewer filled cells than this make no table. */
const MIN_FILL = 0.3;

/** Records of alike fields as a table, their names as its header. Undefined where rows would be hard to read. */
export function recordTable(records: readonly ReadonlyMap<string, string>[]): TableElement | undefined {
  const columns = new Set<string>();
  let filled = 0;
  let longest = 0;
  for (const record of records) {
    let most = 0;
    for (const [key, text] of record) {
      columns.add(key);
      if (text !== '') filled++;
      most = Math.max(most, text.length);
    }
    if (columns.size > MAX_COLUMNS) return undefined;
    longest += most;
  }
  const isSparse = filled < columns.size * records.length * MIN_FILL;
  if (columns.size === 0 || isSparse || longest > records.length * MAX_CELL) return undefined;
  const names = [...columns];
  return { kind: 'table', rows: [names, ...records.map((record) => names.map((name) => record.get(name) ?? ''))], headerRows: 1 };
}
