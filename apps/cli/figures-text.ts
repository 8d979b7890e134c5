import type { Figures } from '#schemas/records/figures.ts';

const seconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const row = (cells: readonly string[]): string => `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(8))).join('')}\n`;

/** Today's figures as `status` prints them; nothing when nothing happened. */
export function figuresText({ documents, chunks, freshness, quality, stages }: Figures): string {
  if (stages.length === 0) return '';
  const outcomes = Object.entries(documents).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
  const judged = quality.score === null ? '' : `, quality ${quality.score.toFixed(2)}`;
  const passed = quality.passRate === null ? '' : `, ${percent(quality.passRate)} of judged texts passed the quality rules`;
  return [
    '\ntoday\n',
    `  documents  ${outcomes.join(', ') || 'none'}${judged}${passed}\n`,
    `  chunks     ${chunks.embedded} embedded, ${chunks.reused} reused\n`,
    freshness ? `  freshness  ${seconds(freshness.p50)} from change to served, 95 % within ${seconds(freshness.p95)}\n` : '',
    '\n',
    row(['stage', 'runs', 'retries', 'p50 ms', 'p95 ms']),
    ...stages.map(({ stage, runs, retries, p50, p95 }) =>
      row([stage, ...[runs, retries, p50, p95].map((value) => String(Math.round(value)))]),
    ),
  ].join('');
}
