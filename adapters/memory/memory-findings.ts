import type { FindingsCache } from '#core/ports/findings.ts';
import type { Unit } from './store.ts';

export const memoryFindings = ({ store, writes }: Pick<Unit, 'store' | 'writes'>): FindingsCache => ({
  least: 32_000,
  async of(document, stage) {
    return store.findings.get(`${document}/${stage}`);
  },
  async put(document, stage, findings) {
    writes.push((journal) => journal.set(store.findings, `${document}/${stage}`, findings));
  },
  async forget(document) {
    writes.push((journal) => {
      for (const key of store.findings.keys()) if (key.startsWith(`${document}/`)) journal.delete(store.findings, key);
    });
  },
});
