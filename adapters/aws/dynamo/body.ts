import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { SluiceError } from '#core/errors.ts';
import { deleteObjects, readObject, writeObject } from '../s3/objects.ts';

/** Shorter values stay readable for people who look at the table. */
const PLAIN_BYTES = 4 * 1024;
/** An item may have 400 KB (service quota); a head has two bodies and its attributes beside them. */
const INLINE_BYTES = 170 * 1024;

/**
 * A value in an item: JSON as text, zipped when it is longer, or a pointer to an object that holds it zipped when an item
 * has no room for it. Each spilled value has an object of its own: it is written before the item and removed after it.
 */
export async function storedBody(bucket: string, spillKey: string, value: unknown): Promise<AttributeValue> {
  const json = JSON.stringify(value);
  if (json.length < PLAIN_BYTES) return { S: json };
  const zipped = gzipSync(json);
  if (zipped.length <= INLINE_BYTES) return { B: zipped };
  const key = `ledger/${spillKey}`;
  await writeObject(bucket, key, zipped, 'application/gzip');
  return { M: { key: { S: key } } };
}

/** Where a value was spilled to, if it was. */
export const spilledTo = (body: AttributeValue | undefined): string | undefined => body?.M?.key?.S;

export async function readBody(bucket: string, body: AttributeValue | undefined): Promise<unknown> {
  if (body?.S !== undefined) return JSON.parse(body.S);
  if (body?.B) return JSON.parse(gunzipSync(body.B).toString());
  const key = spilledTo(body);
  const zipped = key === undefined ? undefined : await readObject(bucket, key);
  // It was replaced between the reading of the item and of its object.
  if (!zipped) throw new SluiceError('conflict', `reading ${key ?? 'an item without a body'}: it has changed meanwhile`);
  return JSON.parse(gunzipSync(zipped).toString());
}

export const deleteSpilled = (bucket: string, keys: readonly (string | undefined)[]): Promise<void> =>
  deleteObjects(
    bucket,
    keys.filter((key) => key !== undefined),
  );
