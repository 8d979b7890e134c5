import { EXPIRES, LEDGER_INDEXES, TABLE_KEY } from '#schemas/tables.ts';
import type { Encryption } from '../encryption.ts';
import { named } from '../names.ts';

type Index = { partition: string; sort: string; include?: readonly string[] };

/** On demand, so that an idle stage costs nothing; restorable to any second of the last 35 days. */
export function table(
  name: string,
  { key }: Encryption,
  { indexes = {}, expires = false }: { indexes?: Record<string, Index>; expires?: boolean } = {},
) {
  const numbers = new Set(Object.values(indexes).map(({ sort }) => sort));
  const attributes = new Set([...Object.values(TABLE_KEY), ...Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort])]);
  return new sst.aws.Dynamo(`${name}Rows`, {
    fields: Object.fromEntries([...attributes].map((attribute) => [attribute, numbers.has(attribute) ? 'number' : 'string'])),
    primaryIndex: { hashKey: TABLE_KEY.partition, rangeKey: TABLE_KEY.sort },
    globalIndexes: Object.fromEntries(
      Object.entries(indexes).map(([index, { partition, sort, include }]) => [
        index,
        { hashKey: partition, rangeKey: sort, projection: include ? [...include] : ('keys-only' as const) },
      ]),
    ),
    ...(expires && { ttl: EXPIRES }),
    transform: {
      table: { name: named(name.toLowerCase()), ...(key && { serverSideEncryption: { enabled: true, kmsKeyArn: key.arn } }) },
    },
  });
}

export const createTables = (encryption: Encryption) => ({
  /** Steps and batches of a finished generation expire; heads and manifests stay. */
  ledger: table('Ledger', encryption, { indexes: LEDGER_INDEXES, expires: true }),
  /** Vectors that nothing has asked for in a long time expire. */
  embeddings: table('Embeddings', encryption, { expires: true }),
  /** A document's story expires entry by entry. */
  audit: table('Audit', encryption, { expires: true }),
  limits: table('Limits', encryption, { expires: true }),
});
