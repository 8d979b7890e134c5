import type { Bus, Message } from '#core/ports/bus.ts';
import { BATCH_PRIORITY, deliveriesOf, type IsUrgent } from '#core/routing.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { StageName } from '#schemas/routes.ts';
import type { Db } from './sqlite/db.ts';
import type { Row, Statement } from './sqlite/protocol.ts';
import { listed, text } from './sqlite/unit.ts';

/** The writes that put events into the queues of their stages; part of the transaction that they follow from. */
export function publishing(
  events: readonly BusEvent[],
  { dueAt = 0, but, isUrgent }: { dueAt?: number; but?: StageName | undefined; isUrgent?: IsUrgent } = {},
): Statement[] {
  return events.flatMap((event) => {
    const body = JSON.stringify(event);
    // Of all events only a hint of what to look at names it; the others need not wait for a cipher.
    const stored = event.source === 'aws.s3' ? "sealed(?3, 'event')" : '?3';
    return deliveriesOf(event, isUrgent)
      .filter(({ stage }) => stage !== but)
      .map(({ stage, priority }) => ({
        sql: `INSERT INTO messages (queue, priority, body, visible_at) VALUES (?1, ?2, ${stored}, ?4)`,
        params: [stage, priority, body, dueAt],
      }));
  });
}

export const acknowledging = (messages: readonly Message[]): Statement => ({
  sql: 'DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))',
  params: [listed(messages.map(({ id }) => String(id)))],
});

/** A dead letter keeps the message and what went wrong; nothing is lost. */
export const burying = (
  { id, stage, body, attempts }: Message,
  letter: { document: string | undefined; code: string; error: string; at: number },
): Statement[] => [
  {
    sql: "INSERT INTO dead_letters (queue, document, body, attempts, code, error, at) VALUES (?1, ?2, sealed(?3, 'event'), ?4, ?5, sealed(?6, 'error'), ?7)",
    params: [stage, letter.document ?? null, body, attempts, letter.code, letter.error, letter.at],
  },
  { sql: 'DELETE FROM messages WHERE id = ?', params: [id] },
];

const CLAIM = `UPDATE messages SET lease = ?1, visible_at = ?2, attempts = attempts + 1
  WHERE id IN (SELECT id FROM messages WHERE visible_at <= ?3 AND priority BETWEEN ?4 AND ?5 ORDER BY priority, id LIMIT ?6)
  RETURNING id, queue, opened(body, 'event') AS body, attempts, priority`;

const toMessage = (row: Row): Message => ({
  id: Number(row.id),
  stage: text(row.queue) as StageName,
  body: text(row.body),
  attempts: Number(row.attempts),
});

export const sqliteBus = (db: Db, owner: string, now: () => number, isUrgent?: IsUrgent): Bus => ({
  publish: (events) => db.commit(publishing(events, { ...(isUrgent && { isUrgent }) })),
  async receive(most, visibleForMs, batches) {
    const at = now();
    const [from, to] = batches ? [BATCH_PRIORITY, BATCH_PRIORITY] : [0, BATCH_PRIORITY - 1];
    const rows = await db.all(CLAIM, [owner, at + visibleForMs, at, from, to, most]);
    return rows.sort((a, b) => Number(a.priority) - Number(b.priority) || Number(a.id) - Number(b.id)).map(toMessage);
  },
  release: (messages, afterMs, counted) =>
    db.commit([
      {
        sql: `UPDATE messages SET lease = NULL, visible_at = ?, attempts = attempts - ? WHERE id IN (SELECT value FROM json_each(?))`,
        params: [Math.round(now() + afterMs), counted ? 0 : 1, listed(messages.map(({ id }) => String(id)))],
      },
    ]),
  extend: (messages, visibleForMs) =>
    db.commit([
      {
        sql: 'UPDATE messages SET visible_at = ? WHERE id IN (SELECT value FROM json_each(?))',
        params: [now() + visibleForMs, listed(messages.map(({ id }) => String(id)))],
      },
    ]),
  async pending() {
    const [row] = await db.all('SELECT count(*) AS count, min(visible_at) AS next FROM messages');
    const count = Number(row?.count ?? 0);
    return { count, nextAt: count === 0 ? undefined : Number(row?.next) };
  },
});
