import { overdue } from '#core/extraction/job.ts';
import { envelope } from '#core/runtime.ts';
import { documentOfItem, readHeads } from '../dynamo/ledger-items.ts';
import { query, queryPage } from '../dynamo/table.ts';
import type { AwsWorld } from '../world.ts';

/** A function that committed pays at once; what is still owed after this time is owed by one that died. */
const PATIENCE_MS = 5 * 60_000;
/** The index of what is owed is in parts by the first digit of the document's id. */
const PARTS = '0123456789abcdef';

/** Pays what heads have owed for long; answers how many. A head pays when it is read. */
export async function payLongOwed({ ledger, context, begin }: AwsWorld, mayGoOn: () => boolean): Promise<number> {
  const before = context.clock.now() - PATIENCE_MS;
  let paid = 0;
  for (const part of PARTS) {
    const pages = query(ledger.table, {
      IndexName: 'byOwing',
      KeyConditionExpression: 'owing = :part AND owedAt < :before',
      ExpressionAttributeValues: { ':part': { S: part }, ':before': { N: String(before) } },
    });
    for await (const items of pages) {
      for (const item of items) {
        if (!mayGoOn()) return paid;
        await begin().ports.ledger.head(documentOfItem(item));
        paid += 1;
      }
    }
  }
  return paid;
}

/** Makes stages look at jobs that should have ended; answers how many. */
export async function resumeOverdue({ ledger, context, begin, publish }: AwsWorld, mayGoOn: () => boolean): Promise<number> {
  const { ids, clock } = context;
  let resumed = 0;
  let from: Awaited<ReturnType<typeof queryPage>>['next'];
  do {
    const { items, next } = await queryPage(ledger.table, {
      IndexName: 'byState',
      KeyConditionExpression: '#state = :state',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: 'processing' } },
      Limit: 500,
      ...(from && { ExclusiveStartKey: from }),
    });
    const heads = [...(await readHeads(ledger, items.map(documentOfItem))).values()];
    const due = await Promise.all(heads.map((head) => overdue(head, begin().ports)));
    const events = due.flatMap((emitted) => (emitted ? [envelope(emitted, { ids, clock })] : []));
    await publish(events);
    resumed += events.length;
    from = next;
  } while (from && mayGoOn());
  return resumed;
}
