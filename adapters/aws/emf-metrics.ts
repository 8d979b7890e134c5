import { Metrics as Powertools } from '@aws-lambda-powertools/metrics';
import type { Metrics } from '#core/ports/metrics.ts';
import { type Dimension, METRICS, METRICS_NAMESPACE, type MetricName, seriesOf } from '#schemas/metrics.ts';

export type EmfMetrics = Metrics & {
  /** Writes what was recorded since, a line for each set of dimension values; at the end of every invocation. */
  flush(): void;
};

type Values = Partial<Record<Dimension, string>>;
type Line = { series: readonly (readonly Dimension[])[]; dimensions: Values; values: Map<MetricName, number[]> };

/** Values of one metric that a line may hold (CloudWatch's embedded metric format). */
const MOST_VALUES = 99;

const only = (dimensions: Values, names: readonly Dimension[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, dimensions[name] ?? '']));

/** Counts add up to one number; of everything else each value is told, so that CloudWatch can make percentiles of them. */
function add(values: number[], name: MetricName, value: number): void {
  const [sum] = values;
  if (METRICS[name].unit === 'Count' && sum !== undefined) values[0] = sum + value;
  else values.push(value);
}

/**
 * Metrics as lines of the log, from which CloudWatch makes metrics (EMF): no call is made, and no permission needed.
 * `service` tells deployments apart; `write` takes a line.
 */
export function emfMetrics({
  service,
  write = (line) => void process.stdout.write(`${line}\n`),
}: {
  service: string;
  write?: (line: string) => void;
}): EmfMetrics {
  const powertools = new Powertools({ namespace: METRICS_NAMESPACE, serviceName: service });
  let lines = new Map<string, Line>();
  const tell = ({ series, dimensions, values }: Line, from: number): void => {
    for (const names of series) powertools.addDimensions(only(dimensions, names));
    for (const [name, all] of values) {
      for (const value of all.slice(from, from + MOST_VALUES)) powertools.addMetric(name, METRICS[name].unit, value);
    }
    write(JSON.stringify(powertools.serializeMetrics()));
    powertools.clearMetrics();
    powertools.clearDimensions();
  };
  return {
    record(name, value, dimensions) {
      const series = seriesOf(name);
      const key = JSON.stringify([series, dimensions]);
      const line = lines.get(key) ?? { series, dimensions, values: new Map() };
      lines.set(key, line);
      const values = line.values.get(name) ?? [];
      line.values.set(name, values);
      add(values, name, value);
    },
    flush() {
      const told = [...lines.values()];
      lines = new Map();
      for (const line of told) {
        const longest = Math.max(...[...line.values.values()].map((values) => values.length));
        for (let from = 0; from < longest; from += MOST_VALUES) tell(line, from);
      }
    },
  };
}
