import type { TableEngine } from '#core/ports/table-engine.ts';

/** Loaded with the first table that it is asked about: the engine is large. */
export const tablesAtUse: TableEngine = {
  open: async (inputs, use) => (await import('./duckdb-tables.ts')).duckDbTables().open(inputs, use),
};
