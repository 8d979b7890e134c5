import type { LetterCount } from '#core/ports/dead-letters.ts';
import { deliveriesOf } from '#core/routing.ts';
import { readEvent } from '#schemas/events/index.ts';
import type { StageName } from '#schemas/routes.ts';
import type { Db } from './sqlite/db.ts';
import type { Row } from './sqlite/protocol.ts';
import { text } from './sqlite/unit.ts';

/** As urgent as a first delivery to the stage is; what no route takes any more waits behind everything else. */
function priorityOf(row: Row): number {
  const event = readEvent(text(row.body));
  const deliveries = event instanceof Error ? [] : deliveriesOf(event);
  return deliveries.find(({ stage }) => stage === row.queue)?.priority ?? 999;
}

const LETTERS = "SELECT id, queue, opened(body, 'event') AS body, code FROM dead_letters WHERE ?1 IS NULL OR queue = ?1 ORDER BY id";

/** Puts dead letters back into their queues, all at once, each to be tried as if for the first time. */
export async function redriveLetters(db: Db, stage: string | undefined): Promise<LetterCount[]> {
  const rows = await db.all(LETTERS, [stage ?? null]);
  await db.commit(
    rows.flatMap((row) => [
      {
        sql: "INSERT INTO messages (queue, priority, body, visible_at) VALUES (?, ?, sealed(?, 'event'), 0)",
        params: [text(row.queue), priorityOf(row), text(row.body)],
      },
      { sql: 'DELETE FROM dead_letters WHERE id = ?', params: [Number(row.id)] },
    ]),
  );
  const counts = Map.groupBy(rows, (row) => `${text(row.queue)}\n${text(row.code)}`);
  return [...counts].sort().map(([key, { length }]) => {
    const [queue = '', code = ''] = key.split('\n');
    return { stage: queue as StageName, code, count: length };
  });
}
