const processorTime = process.threadCpuUsage ?? process.cpuUsage;

/** Starts a clock of the milliseconds that this thread computes: what a busy machine adds does not count. */
export function processorClock(): () => number {
  const before = processorTime.call(process);
  return () => {
    const now = processorTime.call(process);
    return (now.user - before.user + now.system - before.system) / 1000;
  };
}
