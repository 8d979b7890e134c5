import { DuckDBInstance } from '@duckdb/node-api';

/** What DuckDB tells of each column when nothing is said of memory, of types or of what must not be reached. */
const [file = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const told = await connection.runAndReadAll(`SUMMARIZE SELECT * FROM read_csv('${file.replaceAll("'", "''")}')`);
console.log(JSON.stringify(told.getRowsJson()));
instance.closeSync();
