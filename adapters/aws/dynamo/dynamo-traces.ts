import type { Trace, TraceKind, Traces } from '#core/ports/traces.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { headKey, textOf } from './ledger-items.ts';
import { batchWrite, type Item, keyOf, query } from './table.ts';

const generationOf = (generation: number): string => String(generation).padStart(10, '0');
const ownPrefix = (kind: TraceKind): string => `trace#${kind}#`;
const keyPk = (kind: TraceKind, key: string): string => `trace#${kind}#${key}`;

/** Keys that are asked for at once. */
const AT_ONCE = 16;

type Written = { document: DocumentId; generation: number; kind: TraceKind; trace: Trace };

/** One row tells what a generation has, and one for each key leads to it; those of a key are sorted by document. */
function itemsOf({ document, generation, kind, trace: { keys, note } }: Written): Item[] {
  const distinct = [...new Set(keys)];
  const own = { ...keyOf({ pk: headKey(document).pk, sk: `${ownPrefix(kind)}${generationOf(generation)}` }), note: { S: note } };
  const rows = distinct.map((key) => ({
    ...keyOf({ pk: keyPk(kind, key), sk: `${document}#${generationOf(generation)}` }),
    note: { S: note },
  }));
  return [...rows, { ...own, keys: { L: distinct.map((key) => ({ S: key })) } }];
}

const keysOf = (item: Item): string[] => (item.keys?.L ?? []).flatMap(({ S }) => S ?? []);

/** A document's own rows of a kind, the oldest generation first. */
async function ownRows(table: string, document: DocumentId, kind: TraceKind, upTo = Number.MAX_SAFE_INTEGER): Promise<Item[]> {
  const found: Item[] = [];
  const pages = query(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :kind)',
    ExpressionAttributeValues: { ':pk': { S: headKey(document).pk }, ':kind': { S: ownPrefix(kind) } },
    ConsistentRead: true,
  });
  for await (const items of pages) found.push(...items);
  return found.filter((item) => Number(textOf(item, 'sk')?.split('#')[2]) <= upTo);
}

async function removeRows(table: string, document: DocumentId, kind: TraceKind, rows: readonly Item[]): Promise<void> {
  const keys = rows.flatMap((row) => {
    const [, , generation = ''] = (textOf(row, 'sk') ?? '').split('#');
    const leading = keysOf(row).map((key) => keyOf({ pk: keyPk(kind, key), sk: `${document}#${generation}` }));
    // Last: while it is there what leads to it is still found.
    return [...leading, keyOf({ pk: textOf(row, 'pk') ?? '', sk: textOf(row, 'sk') ?? '' })];
  });
  await batchWrite(
    table,
    keys.map((Key) => ({ DeleteRequest: { Key } })),
  );
}

async function rowsOf(table: string, pk: string, most: number): Promise<Item[]> {
  const found: Item[] = [];
  const pages = query(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
    Limit: most,
    // A case is looked at because one of its documents has just been written.
    ConsistentRead: true,
  });
  for await (const items of pages) {
    found.push(...items);
    if (found.length >= most) break;
  }
  return found;
}

/** Rows of the ledger's table. Writes take effect at once: what they say of a generation is true whoever commits it. */
export const dynamoTraces = (table: string): Traces => ({
  async put(document, generation, kind, trace) {
    const rows = await ownRows(table, document, kind, generation);
    const before = rows.filter((row) => textOf(row, 'sk')?.endsWith(`#${generationOf(generation)}`));
    await removeRows(table, document, kind, before);
    const items = trace.keys.length > 0 ? itemsOf({ document, generation, kind, trace }) : [];
    await batchWrite(
      table,
      items.map((Item) => ({ PutRequest: { Item } })),
    );
  },
  async of(document, kind) {
    const newest = (await ownRows(table, document, kind)).at(-1);
    return newest && { keys: keysOf(newest), note: textOf(newest, 'note') ?? '' };
  },
  async sharing(kind, keys, most) {
    const found = new Map<DocumentId, string>();
    const distinct = [...new Set(keys)];
    for (let at = 0; at < distinct.length && found.size < most; at += AT_ONCE) {
      const rows = await Promise.all(distinct.slice(at, at + AT_ONCE).map((key) => rowsOf(table, keyPk(kind, key), most)));
      for (const row of rows.flat()) {
        const document = (textOf(row, 'sk') ?? '').slice(0, 32) as DocumentId;
        if (found.size < most || found.has(document)) found.set(document, textOf(row, 'note') ?? '');
      }
    }
    return found;
  },
  async forget(document, kinds, upTo) {
    for (const kind of kinds) await removeRows(table, document, kind, await ownRows(table, document, kind, upTo));
  },
});
