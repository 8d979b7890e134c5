/** Rows and columns that hold text, with the places that the rows had. */
export function withoutEmpty(rows: readonly string[][]): { rows: string[][]; rowIndexes: number[] } {
  const rowIndexes = rows.flatMap((row, index) => (row.some((cell) => cell !== '') ? [index] : []));
  const columns = (rows[0] ?? []).flatMap((_, column) => (rows.some((row) => row[column] !== '') ? [column] : []));
  return { rows: rowIndexes.map((row) => columns.map((column) => rows[row]?.[column] ?? '')), rowIndexes };
}

const NUMERIC = /^[\s\d.,:;%€$£¥+\-−–()/]*\d[\s\d.,:;%€$£¥+\-−–()/]*$/;

/** How many rows at the top are headers: bold ones above others, else one that names what the rows below count. */
export function headerRowsOf(rows: readonly string[][], bold: readonly boolean[]): number {
  const firstPlain = bold.indexOf(false);
  if (firstPlain > 0) return Math.min(firstPlain, 3);
  const [first, ...below] = rows;
  if (first === undefined || below.length === 0) return 0;
  if (first.some((cell, column) => cell === '' && column > 0) || first.some((cell) => NUMERIC.test(cell))) return 0;
  return below.some((row) => row.some((cell) => NUMERIC.test(cell))) || below.length >= 2 ? 1 : 0;
}
