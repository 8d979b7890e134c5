import { SluiceError } from '#core/errors.ts';
import { configDigest, policiesOf } from '#core/policies.ts';
import type { Policies } from '#core/ports/index.ts';
import { withFunctions } from '#core/quality/own-rules.ts';
import { Config } from '#schemas/config.ts';
import { ownRules } from '../own-rules.ts';
import { readObject } from '../s3/objects.ts';
import { readBody, storedBody } from './body.ts';
import type { LedgerStore } from './ledger-items.ts';
import { getItem, type Item, type Key, keyOf, transact } from './table.ts';

const PK = 'config';
const latestKey: Key = { pk: PK, sk: 'latest' };
const digestKey = (digest: string): Key => ({ pk: PK, sk: `digest#${digest}` });
const revisionKey = (revision: number): Key => ({ pk: PK, sk: `revision#${revision}` });

const TRIES = 20;

const revisionOf = (item: Item | undefined): number => Number(item?.revision?.N ?? 0);

/** The deployed settings. */
export async function readConfig(bucket: string, key: string): Promise<Config> {
  const bytes = await readObject(bucket, key);
  if (!bytes) throw new SluiceError('invalid-config', `reading s3://${bucket}/${key}: there is no configuration`);
  return withFunctions(Config.parse(JSON.parse(Buffer.from(bytes).toString())), ownRules);
}

/** Stores a configuration under the next number, unless another container just took it. */
async function store(ledger: LedgerStore, digest: string, config: Config, last: number): Promise<number> {
  const revision = last + 1;
  const number = { N: String(revision) };
  const isNew = { TableName: ledger.table, ConditionExpression: 'attribute_not_exists(pk)' };
  await transact('storing the configuration', [
    {
      Put: {
        ...isNew,
        Item: { ...keyOf(revisionKey(revision)), body: await storedBody(ledger.bucket, `config-${revision}-${digest}`, config) },
      },
    },
    { Put: { ...isNew, Item: { ...keyOf(digestKey(digest)), revision: number } } },
    { Put: { TableName: ledger.table, Item: { ...keyOf(latestKey), revision: number } } },
  ]);
  return revision;
}

async function numberOf(ledger: LedgerStore, config: Config, mayWrite: boolean): Promise<number> {
  const digest = configDigest(config);
  for (let tried = 0; tried < TRIES; tried++) {
    const [known, latest] = await Promise.all([getItem(ledger.table, digestKey(digest)), getItem(ledger.table, latestKey)]);
    if (known || !mayWrite) return revisionOf(known ?? latest);
    try {
      return await store(ledger, digest, config, revisionOf(latest));
    } catch (error) {
      if (!(error instanceof SluiceError && error.code === 'conflict')) throw error;
    }
  }
  throw new SluiceError('conflict', 'storing the configuration: other containers were always faster');
}

/** Keeps the configuration as a revision unless it is one already; revisions are never changed. Readers take the last one. */
export async function dynamoPolicies(ledger: LedgerStore, config: Config, mayWrite = true): Promise<Policies> {
  return policiesOf(await numberOf(ledger, config, mayWrite), config, async (revision) => {
    const item = await getItem(ledger.table, revisionKey(revision));
    return item && Config.parse(await readBody(ledger.bucket, item.body));
  });
}
