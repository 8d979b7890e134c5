/** What a column's values are, all of them: `text` unless they fit something narrower. */
export type ColumnType = 'integer' | 'number' | 'boolean' | 'date' | 'time' | 'text';

export type Column = { name: string; type: ColumnType };

export type TableFacts = {
  columns: readonly Column[];
  rows: number;
  /** The line of the text file that the first row stands in, where every row takes the lines that its text has; else undefined. */
  firstLine?: number | undefined;
  /** Not all of the file is as its format wants: short rows were filled up, cells beyond the columns left out, broken lines are rows without values. */
  isUneven?: true;
  /** What the file says of itself, by the names that it uses. */
  metadata?: Readonly<Record<string, string>>;
};

/**
 * A file that the engine reads itself, or rows that a parser has read; a cell that is '' has no value. `contentHash`: what the
 * file's bytes must have, hex SHA-256; else it is `superseded`.
 */
export type TableInput = { alias: string } & (
  | { file: string; format: 'csv' | 'tsv' | 'json' | 'ndjson' | 'parquet'; contentHash?: string }
  | { header: readonly string[]; rows: readonly (readonly string[])[] }
);

export type SqlValue = string | number | boolean | null;

/**
 * Tables that SQL is asked about. Of each there is a view of its name, with its typed columns, and a view
 * `<name> rows` that has for each column its value under its name and its text under `<name> (text)`, and the number of
 * the row from 1 as `__row`. `tables.get('primary')` is the one that is judged.
 */
export type Tables = {
  readonly tables: ReadonlyMap<string, TableFacts>;
  /**
   * The rows that one SELECT answers. It can reach the tables and nothing else: no file, network, setting or extension.
   * Throws `invalid-rules` for SQL that is wrong, no SELECT, more than one statement, or takes too long.
   */
  query(sql: string): Promise<Record<string, SqlValue>[]>;
};

/** Counts what is in tables, within bounds of memory and disk. Throws a reject code for a table that cannot be read. */
export type TableEngine = {
  open<T>(inputs: readonly TableInput[], use: (tables: Tables) => Promise<T>): Promise<T>;
};
