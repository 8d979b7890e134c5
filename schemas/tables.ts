/** Keys and indexes of the DynamoDB tables: the stacks create them, `adapters/aws` reads and writes by the same names. */

/** Every table has a partition and a sort key, both text. */
export const TABLE_KEY = { partition: 'pk', sort: 'sk' } as const;

/** Seconds since 1970 after which DynamoDB may drop a row, up to two days late. A row without it stays. */
export const EXPIRES = 'expires';

/**
 * Indexes of the ledger: text, then the time of the last write (number, ms). Heads alone have these attributes, so that
 * no other row is in an index. An index holds keys, and what `include` names, and lags behind: whoever finds a head by it reads the head itself.
 */
export const LEDGER_INDEXES = {
  /** `chunks` (number): what search serves of the document, to be added up. */
  byState: { partition: 'state', sort: 'updatedAt', include: ['chunks'] },
  bySource: { partition: 'source', sort: 'updatedAt' },
  /** `format` as in the head's metadata; absent until it is known. */
  byType: { partition: 'format', sort: 'updatedAt' },
  /** Only heads that still owe an event or a deletion, in 16 parts by their id's first digit; a few rows at any time. */
  byOwing: { partition: 'owing', sort: 'owedAt' },
} as const;

/** What the vault has of a document stands under it; `byToken` leads to it, the newest first (number, ms). */
export const VAULT_INDEXES = { byToken: { partition: 'token', sort: 'keptAt' } } as const;
export const VAULT_INDEX = 'byToken';
/** What every row of the vault begins with: of a document, or of those who looked. No role may write both. */
export const VAULT_ROWS = { document: 'doc#', reads: 'reads' } as const;
