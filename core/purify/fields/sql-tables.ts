/** As far as a dump has a table's columns before its first row, and as long as these are. */
const BEFORE = 8_000;
const LONGEST = 6_000;
const CREATE = /create\s{1,8}table\s{1,8}(?:if\s{1,8}not\s{1,8}exists\s{1,8})?(?<table>[\p{L}\d_."`[\]]{1,120})\s{0,8}\(/giu;
const COLUMN =
  /^\s{0,40}(?:["`[](?<marked>[^"`\]]{1,60})["`\]]|(?!(?:primary|foreign|unique|key|index|constraint|check|fulltext)\b)(?<bare>[\p{L}_][\p{L}\d_]{0,59}))/iu;

const named = (table: string): string => (table.split('.').at(-1) ?? table).replace(/["`[\]]/g, '').toLowerCase();

/** What stands between commas within a bracket, but for brackets within. */
function definitions(text: string, from: number): string[] {
  const found: string[] = [];
  let [begin, depth] = [from, 1];
  for (let at = from; at < text.length && at < from + LONGEST; at++) {
    const sign = text[at];
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (depth === 0 || (depth === 1 && sign === ',')) {
      found.push(text.slice(begin, at));
      begin = at + 1;
    }
    if (depth === 0) return found;
  }
  return [];
}

/** The columns that a `CREATE TABLE` shortly before a place names for a table, as a dump has it before the table's rows. */
export function columnsOfTable(text: string, before: number, table: string): string[] | undefined {
  const from = Math.max(0, before - BEFORE);
  const window = text.slice(from, before);
  const created = [...window.matchAll(CREATE)].findLast((match) => named(match.groups?.table ?? '') === named(table));
  if (!created) return undefined;
  const columns = definitions(window, created.index + created[0].length).flatMap((definition) => {
    const { marked, bare } = COLUMN.exec(definition)?.groups ?? {};
    return marked ?? bare ?? [];
  });
  return columns.length > 0 ? columns : undefined;
}
