/** Rows and columns that hold text, with the places that the rows had. */
export function withoutEmpty(rows: readonly string[][]): { rows: string[][]; rowIndexes: number[] } {
  const rowIndexes = rows.flatMap((row, index) => (row.some((cell) => cell !== '') ? [index] : []));
  const columns = (rows[0] ?? []).flatMap((_, column) => (rows.some((row) => row[column] !== '') ? [column] : []));
  return { rows: rowIndexes.map((row) => columns.map((column) => rows[row]?.[column] ?? '')), rowIndexes };
}

const NUMERIC = /^[\s\d.,:;%€$£¥+\-−–()/]*\d[\s\d.,:;%€$£¥+\-−–()/]*$/;

const LABEL = /[:：]$/;
const MAX_HEADER_ROWS = 3;

/** How many rows at the top are headers: bold ones above others, else those that name what the rows below count. */
export function headerRowsOf(rows: readonly string[][], bold: readonly boolean[]): number {
  const firstPlain = bold.indexOf(false);
  if (firstPlain > 0) return Math.min(firstPlain, MAX_HEADER_ROWS);
  const [first] = rows;
  if (first === undefined || rows.length < 2 || rows.every((row) => row[0] === '' || LABEL.test(row[0] ?? ''))) return 0;
  const firstCount = rows.findIndex((row) => row.some((cell) => NUMERIC.test(cell)));
  if (firstCount > MAX_HEADER_ROWS) return 1;
  if (firstCount >= 0) return firstCount;
  return rows.length > 2 && first.every((cell) => cell !== '') ? 1 : 0;
}
