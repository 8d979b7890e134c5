import type { MetricName } from '#schemas/metrics.ts';
import type { Figures } from '#schemas/records/figures.ts';
import { percentile } from './buckets.ts';

/** Values of one metric under one set of dimensions, counted and summed up; times also by bucket. */
export type Tallied = {
  name: string;
  dimensions: Readonly<Record<string, string>>;
  bucket: number;
  count: number;
  sum: number;
};

const sumOf = (rows: readonly Tallied[]): number => rows.reduce((sum, row) => sum + row.sum, 0);
const countOf = (rows: readonly Tallied[]): number => rows.reduce((sum, row) => sum + row.count, 0);
const rounded = (value: number): number => Number(value.toPrecision(3));

/** Median and 95th percentile; null when there is nothing to tell. */
function spread(rows: readonly Tallied[]): { p50: number; p95: number } | null {
  const counts = new Map<number, number>();
  for (const { bucket, count } of rows) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  const [p50, p95] = [percentile(counts, 0.5), percentile(counts, 0.95)];
  return p50 === undefined || p95 === undefined ? null : { p50: rounded(p50), p95: rounded(p95) };
}

const average = (rows: readonly Tallied[]): number | null => (rows.length === 0 ? null : rounded(sumOf(rows) / countOf(rows)));

/** What people are shown of the values that were recorded since a moment (ms). `stages`: in which order. */
export function figuresOf(rows: readonly Tallied[], since: number, stages: readonly string[]): Figures {
  const byName = Map.groupBy(rows, ({ name }) => name);
  const of = (name: MetricName): Tallied[] => byName.get(name) ?? [];
  const at = (name: MetricName, stage: string): Tallied[] => of(name).filter(({ dimensions }) => dimensions.stage === stage);
  return {
    since: new Date(since).toISOString(),
    documents: {
      in: sumOf(of('DocumentsIn')),
      out: sumOf(of('DocumentsOut')),
      removed: sumOf(of('DocumentsRemoved')),
      rejected: sumOf(of('DocumentsRejected')),
      held: sumOf(of('DocumentsHeld')),
      failed: sumOf(of('DocumentsFailed')),
    },
    chunks: { embedded: sumOf(of('ChunksEmbedded')), reused: sumOf(of('ChunksReused')) },
    freshness: spread(of('Freshness')),
    quality: { score: average(of('QualityScore')), passRate: average(of('RulePassRate')) },
    stages: stages.flatMap((stage) => {
      const latency = at('StageLatency', stage);
      const told = spread(latency);
      return told ? [{ stage, runs: countOf(latency), retries: sumOf(at('StageRetries', stage)), ...told }] : [];
    }),
  };
}
