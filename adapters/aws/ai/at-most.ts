/** Carries out work on each item, so many at a time, and answers in their order. After a failure nothing more is begun. */
export async function atMost<T, R>(limit: number, items: readonly T[], work: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const at = next++;
      const item = items[at];
      if (item === undefined) continue;
      try {
        answers[at] = await work(item, at);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  for (const settled of workers) if (settled.status === 'rejected') throw settled.reason;
  return answers;
}

export const parts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
