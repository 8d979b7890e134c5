import type { SharedRow, SharedRows } from '#core/ports/shared-rows.ts';

/** Rows that all parts of one process share. */
export function memorySharedRows(): SharedRows {
  const rows = new Map<string, SharedRow>();
  return {
    read: async (key) => structuredClone(rows.get(key)),
    async write(key, value, version) {
      if ((rows.get(key)?.version ?? 0) !== version) return false;
      rows.set(key, { value: structuredClone(value), version: version + 1 });
      return true;
    },
  };
}
