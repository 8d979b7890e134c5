import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DocumentId, type WorkKey } from '#schemas/records/ids.ts';
import { newDocument, workKeyOf } from './make.ts';
import { STORES, type Stores } from './stores.ts';

const Value = z.object({ text: z.string() });

describe.each(STORES)('the work store, %s', (_, open) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const read = (key: WorkKey) => stores.begin().ports.work.read(key, Value);
  const write = async (values: [WorkKey, string][]): Promise<void> => {
    const { ports, commit } = stores.begin();
    for (const [key, text] of values) await ports.work.write(key, { text });
    await commit();
  };
  const gone = { code: 'not-found' };

  it('gives back what was written', async () => {
    const key = workKeyOf(newDocument(), 1);
    await write([[key, 'Ähre 😀 \u0000 end']]);
    expect(await read(key)).toEqual({ text: 'Ähre 😀 \u0000 end' });
  });

  it('gives back what is long', async () => {
    const key = workKeyOf(newDocument(), 1);
    const text = 'a longer text, é '.repeat(40_000);
    await write([[key, text]]);
    expect(await read(key)).toEqual({ text });
  });

  it('gives back every one of more than fit in memory', async () => {
    const keys = Array.from({ length: 12 }, () => workKeyOf(newDocument(), 1));
    const text = (i: number): string => `${i} `.repeat(2_000_000);
    for (const [i, key] of keys.entries()) await write([[key, text(i)]]);
    for (const [i, key] of keys.entries()) expect((await read(key)).text === text(i), `value ${i}`).toBe(true);
    const { ports, commit } = stores.begin();
    for (const key of keys) await ports.work.removeUpTo(DocumentId.parse(key.split('/')[1]), 1);
    await commit();
    for (const key of keys) await expect(read(key)).rejects.toMatchObject(gone);
  });

  it.each(['short', 'long '.repeat(80_000)])('has after a restart what was written, or says that it is gone', async (text) => {
    const key = workKeyOf(newDocument(), 1);
    await write([[key, text]]);
    await stores.reopen();
    const after = await read(key).catch((error: unknown) => error);
    expect([{ text }, expect.objectContaining(gone)]).toContainEqual(after);
  });

  it('says that a key which was never written is not there', async () => {
    await expect(read(workKeyOf(newDocument(), 1))).rejects.toMatchObject(gone);
  });

  it('shows nothing of a transaction that does not commit', async () => {
    const key = workKeyOf(newDocument(), 1);
    const { ports } = stores.begin();
    await ports.work.write(key, { text: 'never' });
    await expect(read(key)).rejects.toMatchObject(gone);
  });

  it('takes the same value twice', async () => {
    const key = workKeyOf(newDocument(), 1);
    await write([[key, 'same']]);
    await write([[key, 'same']]);
    expect(await read(key)).toEqual({ text: 'same' });
  });

  it.each(['short', 'long '.repeat(80_000)])('removes one generation, and leaves those before and after it', async (text) => {
    const document = newDocument();
    const keys = [1, 2, 3].map((generation) => workKeyOf(document, generation));
    const other = workKeyOf(newDocument(), 2);
    await write([...keys, other].map((key) => [key, text]));
    const { ports, commit } = stores.begin();
    await ports.work.remove(document, 2);
    await commit();
    const [first, second, third] = keys;
    if (!first || !second || !third) throw new Error('three keys');
    await expect(read(second)).rejects.toMatchObject(gone);
    for (const key of [first, third, other]) expect(await read(key)).toEqual({ text });
  });

  it.each(['short', 'long '.repeat(80_000)])('removes a generation with those before it, masked or not', async (text) => {
    const document = newDocument();
    const old = [workKeyOf(document, 1), workKeyOf(document, 2), workKeyOf(document, 2, 'extract-0a', 'unmasked')];
    const kept = [workKeyOf(document, 3), workKeyOf(newDocument(), 1)];
    await write([...old, ...kept].map((key) => [key, text]));
    const { ports, commit } = stores.begin();
    await ports.work.removeUpTo(document, 2);
    await commit();
    for (const key of old) await expect(read(key)).rejects.toMatchObject(gone);
    for (const key of kept) expect(await read(key)).toEqual({ text });
    await stores.reopen();
    for (const key of old) await expect(read(key)).rejects.toMatchObject(gone);
  });
});
