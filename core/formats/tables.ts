/** A hostile file can declare far more empty cells than it has text; beyond this, rows stay as long as they are. */
const MAX_PADDED_CELLS = 2_000_000;

/** Rows of equal length, filled with empty cells, where that costs a bounded amount. */
export function padRows(rows: readonly string[][]): string[][] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (rows.length * width > MAX_PADDED_CELLS) return [...rows];
  return rows.map((row) => (row.length === width ? row : [...row, ...Array<string>(width - row.length).fill('')]));
}
