import type { Dimensions, MetricName } from '#schemas/metrics.ts';

/**
 * Takes figures. Recording never fails, never waits, and counts at once, whatever becomes of the transaction around it:
 * what is carried out twice counts twice. Figures are kept by the minute, so the last few may be lost with a process.
 */
export type Metrics = {
  record<N extends MetricName>(name: N, value: number, dimensions: Dimensions<N>): void;
};
