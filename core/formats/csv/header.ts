const SAMPLE_ROWS = 50;
const SAMPLE_COLUMNS = 200;

type CellType = 'empty' | 'number' | 'date' | 'text';

const NUMBER = /^[-+(]?\s*[$€£¥]?\s*\d[\d.,' ]*\s*[%$€£¥)]?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.Z+-]+)?$/;

function typeOf(cell: string): CellType {
  const text = cell.trim();
  if (text === '') return 'empty';
  if (DATE.test(text)) return 'date';
  return NUMBER.test(text) ? 'number' : 'text';
}

/**
 * Whether the first row names the columns: it does unless it looks like the data below it, column by column. A row
 * of texts above texts is taken for names, as nearly every file has them.
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...body] = rows.slice(0, SAMPLE_ROWS + 1);
  if (body.length === 0) return false;
  let likeNames = 0;
  let likeData = 0;
  first.slice(0, SAMPLE_COLUMNS).forEach((cell, column) => {
    const type = typeOf(cell);
    const below = body.map((row) => typeOf(row[column] ?? '')).filter((other) => other !== 'empty');
    if (below.length === 0 || type === 'empty') return;
    const same = below.filter((other) => other === type).length / below.length;
    if (type !== 'text' && same > 0.5) likeData++;
    else if (same < 0.5) likeNames++;
  });
  return likeNames >= likeData;
}
