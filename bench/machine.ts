import { availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

export const load = (): number => loadavg()[0] ?? 0;

/** What the figures depend on; no name of the machine. */
export const machine = (): string =>
  [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() || 'unknown processor'})`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    platform(),
    `Node ${process.versions.node}`,
  ].join(', ');
