/**
 * The tables of the AWS world: what the stacks create and the adapters read and write. Keys and index keys are strings but
 * for `updatedAt` and `owedAt`, which are numbers (ms); rows with `expires` (seconds) go by themselves.
 */
type Index = {
  name: string;
  hash: string;
  range: string;
  /** What a listing needs beside the keys; the whole row is read by its key. */
  project: readonly string[];
};
type Table = { hash: 'pk'; range?: 'sk'; expires: boolean; indexes: readonly Index[] };

/** Only heads have these attributes, so the indexes hold nothing else; `owing` only while something is owed. */
const listing = (name: string, hash: string): Index => ({ name, hash, range: 'updatedAt', project: ['nativeId', 'chunks', 'present'] });

export const TABLES = {
  /** Heads, manifests, steps and batches, configuration revisions, the sweep's place. */
  ledger: {
    hash: 'pk',
    range: 'sk',
    expires: true,
    indexes: [
      listing('byState', 'state'),
      listing('bySource', 'source'),
      listing('byType', 'format'),
      { name: 'byOwing', hash: 'owing', range: 'owedAt', project: [] },
    ],
  },
  embeddings: { hash: 'pk', expires: false, indexes: [] },
  audit: { hash: 'pk', range: 'sk', expires: true, indexes: [] },
  limits: { hash: 'pk', expires: true, indexes: [] },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof TABLES;
export type IndexName = (typeof TABLES)['ledger']['indexes'][number]['name'];
