import { gunzipSync, gzipSync } from 'node:zlib';
import { SluiceError } from '#core/errors.ts';
import type { WorkStore } from '#core/ports/work-store.ts';
import { readObject, writeObject } from './objects.ts';

/** Intermediate results as zipped JSON, each an object under its key, so that a rule on a prefix can let them expire. */
export const s3WorkStore = (bucket: string): Pick<WorkStore, 'read' | 'write'> => ({
  async read(key, schema) {
    const zipped = await readObject(bucket, key);
    if (!zipped) throw new SluiceError('not-found', `reading the intermediate result ${key}: it is gone`);
    return schema.parse(JSON.parse(gunzipSync(zipped).toString()));
  },
  write: (key, value) => writeObject(bucket, key, gzipSync(JSON.stringify(value)), 'application/gzip'),
});
