import type { Metrics } from '#core/ports/metrics.ts';
import type { MetricName } from '#schemas/metrics.ts';

export type Recorded = { name: MetricName; value: number; dimensions: Readonly<Record<string, string>> };

/** Keeps every value as it was recorded. */
export function memoryMetrics(): Metrics & { readonly recorded: readonly Recorded[] } {
  const recorded: Recorded[] = [];
  return {
    recorded,
    record(name, value, dimensions) {
      recorded.push({ name, value, dimensions });
    },
  };
}
