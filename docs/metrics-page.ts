import { type Emitter, METRIC_NAMES, METRICS, type MetricName } from '#schemas/metrics.ts';

const EMITTERS: Record<Emitter, string> = {
  measure: 'the `measure` stage, from events',
  runtime: 'the runtime around every stage',
  resilience: 'what calls services: retries, budgets, circuits',
  sweep: 'the full comparison with the source',
};

const seriesText = (name: MetricName): string =>
  METRICS[name].by.map((names) => (names.length === 0 ? 'overall' : names.map((one) => `\`${one}\``).join(' + '))).join(', ');

const row = (name: MetricName): string =>
  `| \`${name}\` | ${METRICS[name].unit === 'None' ? '0..1' : METRICS[name].unit} | ${seriesText(name)} | ${METRICS[name].meaning} |`;

const INTRODUCTION = `# Metrics

Written by \`npm run docs\` from \`schemas/metrics.ts\`; do not edit it here.

Both worlds count the same things. On one machine the figures are rows of the index: \`npx sluice status\` and
[the page](dashboard.md) show those of today, and they are kept for \`metrics.keepDays\` days, by the minute for two hours and by the
hour after that. On AWS they are lines of the functions' logs in CloudWatch's embedded metric format, so that no call is made for
them: CloudWatch makes metrics of the namespace \`Sluice\` of them, with the dimension \`service\` (\`<app>-<stage>\`) beside those below.

Dimensions are names of sources, stages, error codes, providers and models: never of a file or a person. Each set of dimensions is a
series of its own. Values are counted when they happen, and messages are delivered at least once: what is delivered twice, or is
done again after a crash, counts twice. The audit trail (\`npx sluice status <document>\`) is exact; metrics are for trends and
[alarms](alarms.md).
`;

export function metricsPage(): string {
  const groups = Map.groupBy(METRIC_NAMES, (name) => METRICS[name].emitter);
  const sections = [...groups].map(([emitter, names]) =>
    [
      `## Counted by ${EMITTERS[emitter]}`,
      '',
      '| metric | unit | series by | meaning |',
      '| --- | --- | --- | --- |',
      ...names.map(row),
      '',
    ].join('\n'),
  );
  return [INTRODUCTION, ...sections].join('\n');
}
