import { SluiceError } from '#core/errors.ts';
import type { WorkStore } from '#core/ports/work-store.ts';
import type { Unit } from './store.ts';

export const memoryWorkStore = ({ store, writes, work }: Unit): WorkStore => {
  const removing = (isGone: (document: string, generation: number) => boolean): void => {
    writes.push((journal) => {
      for (const key of store.work.keys()) {
        const [, document = '', generation] = key.split('/');
        if (isGone(document, Number(generation))) journal.delete(store.work, key);
      }
    });
  };
  return {
    async read(key, schema) {
      const body = work.get(key) ?? store.work.get(key);
      if (body === undefined) throw new SluiceError('not-found', `reading the intermediate result ${key}: it is gone`);
      return schema.parse(JSON.parse(body));
    },
    async write(key, value) {
      const body = JSON.stringify(value);
      work.set(key, body);
      writes.push((journal) => journal.set(store.work, key, body));
    },
    async remove(wanted, wantedGeneration) {
      removing((document, generation) => document === wanted && generation === wantedGeneration);
    },
    async removeUpTo(wanted, last) {
      removing((document, generation) => document === wanted && generation <= last);
    },
  };
};
