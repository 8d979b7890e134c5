import type { Audit } from '#core/ports/audit.ts';
import type { Unit } from './store.ts';

export const memoryAudit = ({ store, writes }: Unit): Audit => ({
  async append(entries) {
    writes.push((journal) => {
      for (const entry of entries) {
        store.last += 1;
        journal.set(store.audit, store.last, entry);
      }
    });
  },
});
