const KEPT = 64;

/** The latest few of what was looked up. */
export function latest<T>(): { get(key: string): T | undefined; set(key: string, value: T): T } {
  const kept = new Map<string, T>();
  return {
    get: (key) => kept.get(key),
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      for (const first of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(first);
      }
      return value;
    },
  };
}
