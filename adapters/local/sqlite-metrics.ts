import { bucketOf } from '#core/measure/buckets.ts';
import { figuresOf } from '#core/measure/figures.ts';
import type { Metrics } from '#core/ports/metrics.ts';
import { METRICS, type MetricName } from '#schemas/metrics.ts';
import type { Figures } from '#schemas/records/figures.ts';
import { STAGE_NAMES } from '#schemas/routes.ts';
import type { Db } from './sqlite/db.ts';
import type { Row, SqlValue, Statement } from './sqlite/protocol.ts';
import { text } from './sqlite/unit.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
/** Figures reach the disk within this time; one write then carries them all. */
const FLUSH_MS = 2_000;
/** Minutes that are kept one by one; what is older is kept by the hour. */
const BY_MINUTE = 2 * HOUR;

const ADD = `INSERT INTO metrics (minute, name, dimensions, bucket, count, sum) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum`;
const ROLL_UP = `INSERT INTO metrics (minute, name, dimensions, bucket, count, sum)
  SELECT minute - minute % ${HOUR}, name, dimensions, bucket, sum(count), sum(sum) FROM metrics
  WHERE minute < ? AND minute % ${HOUR} <> 0 GROUP BY 1, 2, 3, 4
  ON CONFLICT DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum`;

type Tally = { params: readonly SqlValue[]; count: number; sum: number };

/** Counts are added up whatever their size; only times are told apart. */
const bucketFor = (name: MetricName, value: number): number => {
  const { unit } = METRICS[name];
  return unit === 'Milliseconds' || unit === 'Seconds' ? bucketOf(value) : 0;
};

/** Old rows, joined by the hour and then dropped. */
function tidying(minute: number, keepDays: number): Statement[] {
  const cut = minute - BY_MINUTE - (minute % HOUR);
  return [
    { sql: ROLL_UP, params: [cut] },
    { sql: `DELETE FROM metrics WHERE minute < ? AND minute % ${HOUR} <> 0`, params: [cut] },
    { sql: 'DELETE FROM metrics WHERE minute < ?', params: [minute - keepDays * DAY] },
  ];
}

/** Metrics as rows of the index, added up in this process and written now and then, so that no document waits for them. `flush` never fails. */
export function sqliteMetrics(db: Db, now: () => number, keepDays: number): Metrics & { flush(): Promise<void> } {
  const tallies = new Map<string, Tally>();
  let timer: NodeJS.Timeout | undefined;
  let tidiedHour = 0;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (tallies.size === 0) return;
    const statements = [...tallies.values()].map(({ params, count, sum }) => ({ sql: ADD, params: [...params, count, sum] }));
    tallies.clear();
    const minute = Math.floor(now() / MINUTE_MS);
    const isDue = tidiedHour !== Math.floor(minute / HOUR);
    tidiedHour = Math.floor(minute / HOUR);
    // Lost figures are no reason to stop: whatever is wrong with the index, the stages will meet it.
    await db.commit([...statements, ...(isDue ? tidying(minute, keepDays) : [])]).catch(() => undefined);
  };
  return {
    record(name, value, dimensions) {
      const params = [Math.floor(now() / MINUTE_MS), name, JSON.stringify(dimensions), bucketFor(name, value)];
      const key = params.join('\n');
      const tally = tallies.get(key);
      if (tally) {
        tally.count += 1;
        tally.sum += value;
      } else tallies.set(key, { params, count: 1, sum: value });
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
    },
    flush,
  };
}

type Reading = { all(sql: string, params?: readonly SqlValue[]): Promise<Row[]> };

/** Figures since a moment (ms); undefined for an index that an older Sluice wrote, until it is next written to. */
export async function figuresSince(reader: Reading, since: number): Promise<Figures | undefined> {
  const [table] = await reader.all("SELECT 1 FROM sqlite_master WHERE name = 'metrics'");
  if (!table) return undefined;
  const rows = await reader.all(
    'SELECT name, dimensions, bucket, sum(count) AS count, sum(sum) AS sum FROM metrics WHERE minute >= ? GROUP BY name, dimensions, bucket',
    [Math.floor(since / MINUTE_MS)],
  );
  const tallied = rows.map((row) => ({
    name: text(row.name),
    dimensions: JSON.parse(text(row.dimensions)) as Record<string, string>,
    bucket: Number(row.bucket),
    count: Number(row.count),
    sum: Number(row.sum),
  }));
  return figuresOf(tallied, since, STAGE_NAMES);
}
