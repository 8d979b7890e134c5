import type { Extracted } from '#schemas/records/extracted.ts';
import type { RuleScore } from '#schemas/records/review.ts';

/** The warning of a document that has not all rows of its table, with the number of those that it has not. */
export const ROWS_LEFT_OUT = 'rows-left-out';

/** The rule that warns of it, in the document's record: its score is the share of rows that can be found. */
export function rowsLeftOut({ warnings, elements }: Extracted): RuleScore[] {
  const left = warnings.find(({ code }) => code === ROWS_LEFT_OUT)?.count ?? 0;
  if (left === 0) return [];
  const found = elements.reduce((sum, element) => sum + (element.kind === 'table' ? element.rows.length - element.headerRows : 0), 0);
  return [{ rule: ROWS_LEFT_OUT, score: found / (found + left) }];
}
