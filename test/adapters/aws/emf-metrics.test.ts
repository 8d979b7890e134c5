import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { emfMetrics } from '#adapters/aws/emf-metrics.ts';
import { METRIC_NAMES, METRICS } from '#schemas/metrics.ts';

/** CloudWatch's embedded metric format, as far as its limits go (100 values, 100 metrics, 30 dimensions). */
const EmfLine = z.looseObject({
  _aws: z.object({
    Timestamp: z.int().positive(),
    CloudWatchMetrics: z
      .array(
        z.object({
          Namespace: z.literal('Sluice'),
          Dimensions: z.array(z.array(z.string()).max(30)).min(1),
          Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })).max(100),
        }),
      )
      .length(1),
  }),
});

function recorder() {
  const written: string[] = [];
  const metrics = emfMetrics({ service: 'sluice-dev', write: (line) => void written.push(line) });
  const lines = () => written.map((line) => EmfLine.parse(JSON.parse(line)));
  return { metrics, lines };
}

const directive = (line: z.infer<typeof EmfLine>) => line._aws.CloudWatchMetrics[0];

describe('metrics in the log', () => {
  it('are one line for all that has the same dimensions', () => {
    const { metrics, lines } = recorder();
    metrics.record('DocumentsIn', 1, { source: 'handbooks' });
    metrics.record('DocumentsIn', 1, { source: 'handbooks' });
    metrics.record('DocumentsOut', 1, { source: 'handbooks' });
    metrics.flush();
    expect(lines()).toMatchObject([{ DocumentsIn: 2, DocumentsOut: 1, source: 'handbooks', service: 'sluice-dev' }]);
    const [line] = lines();
    expect(line && directive(line)?.Dimensions).toEqual([['service', 'source'], ['service']]);
  });

  it('of different dimension values are lines of their own', () => {
    const { metrics, lines } = recorder();
    metrics.record('StageLatency', 12, { stage: 'mask' });
    metrics.record('StageLatency', 40, { stage: 'chunk' });
    metrics.record('StageLatency', 14, { stage: 'mask' });
    metrics.flush();
    expect(lines()).toMatchObject([
      { stage: 'mask', StageLatency: [12, 14] },
      { stage: 'chunk', StageLatency: 40 },
    ]);
  });

  it('keep every measured value within the limits of a line, under their dimensions', () => {
    const { metrics, lines } = recorder();
    for (let i = 1; i <= 250; i++) metrics.record('Freshness', i, { source: 'handbooks' });
    metrics.flush();
    const values = lines().map((line) => z.array(z.number()).max(100).parse([line.Freshness].flat()));
    expect(values.flat()).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
    for (const line of lines()) expect(line).toMatchObject({ source: 'handbooks', service: 'sluice-dev' });
  });

  it('are written once, and nothing is when nothing was recorded', () => {
    const { metrics, lines } = recorder();
    metrics.flush();
    expect(lines()).toEqual([]);
    metrics.record('DeadLettersWaiting', 3, {});
    metrics.flush();
    metrics.flush();
    expect(lines()).toHaveLength(1);
  });

  it.each(METRIC_NAMES)('%s has its unit and its series', (name) => {
    const { metrics, lines } = recorder();
    const { unit, by } = METRICS[name];
    const every = { source: 'a-source', stage: 'a-stage', code: 'a-code', rule: 'a-rule', provider: 'a-provider', model: 'a-model' };
    metrics.record(name, 1, every);
    metrics.flush();
    const [line] = lines();
    expect(line).toMatchObject({ [name]: 1, ...Object.fromEntries(by.flat().map((dimension) => [dimension, `a-${dimension}`])) });
    expect(line && directive(line)).toMatchObject({
      Dimensions: by.map((names) => ['service', ...names]),
      Metrics: [{ Name: name, Unit: unit }],
    });
  });
});
