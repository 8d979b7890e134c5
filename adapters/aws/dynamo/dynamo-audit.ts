import { canonicalJson, digest } from '#core/fingerprint.ts';
import type { Audit, AuditEntry } from '#core/ports/audit.ts';
import { EVENT_NAMES } from '#schemas/events/index.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { batchWrite, type Item, keyOf, query } from './table.ts';

const DAY_SECONDS = 86_400;
const STORY_DAYS = 400;

const documentPk = (document: DocumentId): string => `story#${document}`;
const order = new Map<string, number>(EVENT_NAMES.map((name, i) => [name, i]));

/**
 * Entries sort by time, and within a second as the pipeline goes. The key says all that the entry does, so that an event
 * that is delivered twice is told once.
 */
function itemOf(entry: AuditEntry, expires: number): Item {
  const { document, generation, at, event, facts } = entry;
  const place = String(order.get(event) ?? order.size).padStart(2, '0');
  const sk = `${at}#${String(generation).padStart(10, '0')}#${place}#${digest(canonicalJson(entry), 12)}`;
  return {
    ...keyOf({ pk: documentPk(document), sk }),
    generation: { N: String(generation) },
    at: { S: at },
    event: { S: event },
    facts: { S: JSON.stringify(facts) },
    expires: { N: String(expires) },
  };
}

/** `days`: how long an entry is kept. */
export const dynamoAudit = (table: string, now: () => number, days = STORY_DAYS): Audit => ({
  async append(entries) {
    const expires = Math.floor(now() / 1000 + days * DAY_SECONDS);
    const items = new Map(
      entries.map((entry) => {
        const item = itemOf(entry, expires);
        return [`${item.pk?.S} ${item.sk?.S}`, item];
      }),
    );
    await batchWrite(
      table,
      [...items.values()].map((Item) => ({ PutRequest: { Item } })),
    );
  },
});

const entryOf = (document: DocumentId, item: Item): AuditEntry => ({
  document,
  generation: Number(item.generation?.N ?? 0),
  at: item.at?.S ?? '',
  event: item.event?.S ?? '',
  facts: JSON.parse(item.facts?.S ?? '{}'),
});

/** The newest entries of a document's story, the oldest of them first. */
export async function readStory(table: string, document: DocumentId, most: number): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  const pages = query(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: documentPk(document) } },
    ScanIndexForward: false,
    Limit: most,
  });
  for await (const items of pages) {
    found.push(...items.map((item) => entryOf(document, item)));
    if (found.length >= most) break;
  }
  return found.slice(0, most).reverse();
}
