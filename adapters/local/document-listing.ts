import { DocumentState, Head } from '#schemas/records/head.ts';
import type { Reader } from './reader.ts';
import { text as asText, HEAD, listed } from './sqlite/unit.ts';

type Query = { states: readonly string[]; text?: string | undefined; limit: number; offset: number };

/** Fewer matches than this are sorted; more stand close together, so walking the documents in order soon finds a page. */
const FEW = 20_000;

const NEWEST_FIRST = 'ORDER BY updated_at DESC, document DESC';

const wanted = (states: readonly string[]): DocumentState[] =>
  DocumentState.options.filter((state) => states.length === 0 || states.includes(state));

const namesOf = (states: readonly string[]): string =>
  wanted(states)
    .map((state) => `'${state}'`)
    .join(', ');

/**
 * Ids in the order of their last change, merged from the states' own orders: nothing is sorted, and no more is read than
 * is asked for. A condition on other columns reads the rows that are walked past.
 */
const inOrder = (states: readonly string[], condition = 'true'): string =>
  `${wanted(states)
    .map((state) => `SELECT document, updated_at FROM heads INDEXED BY heads_by_state WHERE state = '${state}' AND ${condition}`)
    .join(' UNION ALL ')} ${NEWEST_FIRST}`;

async function matching(reader: Reader, text: string, { states, limit, offset }: Query): Promise<string[]> {
  const matches = 'path_has(native_id, ?1)';
  const found = `SELECT document FROM heads INDEXED BY heads_by_native_id WHERE ${matches}`;
  const [few] = await reader.all(`SELECT count(*) AS count FROM (${found} LIMIT ${FEW})`, [text]);
  const sorted = `SELECT document FROM heads WHERE document IN (${found}) AND state IN (${namesOf(states)}) ${NEWEST_FIRST}`;
  const ids = Number(few?.count) < FEW ? sorted : inOrder(states, matches);
  const rows = await reader.all(`${ids} LIMIT ?2 OFFSET ?3`, [text, limit, offset]);
  return rows.map((row) => asText(row.document));
}

async function ordered(reader: Reader, { states, limit, offset }: Query): Promise<string[]> {
  const rows = await reader.all(`${inOrder(states)} LIMIT ?1 OFFSET ?2`, [limit, offset]);
  return rows.map((row) => asText(row.document));
}

/** Heads of these ids, in no order; unknown ones are left out. */
export async function headsById(reader: Reader, ids: readonly string[]): Promise<Head[]> {
  const rows = await reader.all(`SELECT ${HEAD} FROM heads WHERE document IN (SELECT value FROM json_each(?))`, [listed(ids)]);
  return rows.map((row) => Head.parse(JSON.parse(asText(row.body))));
}

/** Heads by their last change, newest first; quick among hundreds of thousands. `states`: none means all. */
export async function listDocuments(reader: Reader, query: Query): Promise<Head[]> {
  const { text = '' } = query;
  const ids = text.trim() === '' ? await ordered(reader, query) : await matching(reader, text.trim(), query);
  const heads = new Map((await headsById(reader, ids)).map((head): [string, Head] => [head.document, head]));
  return ids.flatMap((id) => heads.get(id) ?? []);
}
