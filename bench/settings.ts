/** What every contender is given alike. */
export const DIMENSIONS = 384;
/** Most tokens of a chunk where tokens are counted, and about as many characters of English where characters are. */
export const CHUNK_TOKENS = 256;
export const CHUNK_CHARACTERS = 1_024;
/** Texts that go to the embedder in one call. */
export const EMBED_BATCH = 256;

export const STEPS = ['first', 'unchanged', 'edit', 'delete'] as const;
export type Step = (typeof STEPS)[number];

/** The store's settings; the product's own, so that no contender waits more for the disk than another. */
export const PRAGMAS =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000';
