import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Head } from '#schemas/records/head.ts';
import { headOf, manifestOf, newDocument, workKeyOf } from './make.ts';
import { STORES, type Stores } from './stores.ts';

describe.each(STORES)('the ledger, %s', (_, open) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  const read = (document: Head['document']) => stores.begin().ports.ledger.head(document);
  const stored = async (changes: Partial<Head> = {}): Promise<Head> => {
    const head = headOf(newDocument(), changes);
    const { ports, commit } = stores.begin();
    await ports.ledger.put(head);
    await commit();
    return { ...head, version: 1 };
  };

  it('has no head of a document that was never seen', async () => {
    expect(await read(newDocument())).toBeUndefined();
  });

  it('gives back what was stored, one version on', async () => {
    const head = await stored({
      access: ['group:hr', 'user:ana'],
      committed: { generation: 1, manifest: 'ab', chunks: 2, fingerprint: 'f', at: 3 },
      problem: { stage: 'assess', code: 'held', message: 'short', generation: 1, at: 2 },
      metadata: { title: 'Größe "A"', tags: ['x'] },
      score: 0.5,
    });
    expect(await read(head.document)).toEqual(head);
  });

  it('shows nothing of a transaction before it commits', async () => {
    const head = headOf(newDocument());
    const { ports, commit } = stores.begin();
    await ports.ledger.put(head);
    expect(await read(head.document)).toBeUndefined();
    await commit();
    expect(await read(head.document)).toBeDefined();
  });

  it('stores a first head once', async () => {
    const head = headOf(newDocument());
    const [one, two] = [stores.begin(), stores.begin()];
    await one.ports.ledger.put(head);
    await two.ports.ledger.put({ ...head, uri: 'file:///other' });
    await one.commit();
    await expect(two.commit()).rejects.toMatchObject({ code: 'conflict' });
    expect(await read(head.document)).toMatchObject({ version: 1, uri: head.uri });
  });

  it('lets one of two writers from the same version win, and keeps nothing of the other', async () => {
    const head = await stored();
    const [one, two] = [stores.begin(), stores.begin()];
    await one.ports.ledger.put({ ...head, state: 'indexed' });
    await two.ports.ledger.put({ ...head, state: 'rejected' });
    await two.ports.ledger.putManifest(`lost-${head.document}`, manifestOf(head.document));
    await two.ports.audit.append([{ document: head.document, generation: 1, at: 'now', event: 'document.rejected', facts: {} }]);
    await one.commit();
    await expect(two.commit({ done: { document: head.document, generation: 1, step: 'mask' } })).rejects.toMatchObject({
      code: 'conflict',
      retryable: true,
    });
    const { ledger } = stores.begin().ports;
    expect(await ledger.head(head.document)).toMatchObject({ version: 2, state: 'indexed' });
    expect(await ledger.manifest(`lost-${head.document}`)).toBeUndefined();
    expect(await ledger.isDone(head.document, 1, 'mask')).toBe(false);
    expect(await stores.auditOf(head.document)).toEqual([]);
  });

  it('refuses a head of a version that was never stored', async () => {
    const head = await stored();
    const { ports, commit } = stores.begin();
    await ports.ledger.put({ ...head, version: 7 });
    await expect(commit()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('holds a transaction to a head that it only read', async () => {
    const head = await stored();
    const [reader, writer, late] = [stores.begin(), stores.begin(), stores.begin()];
    await reader.ports.ledger.holds(head);
    await late.ports.ledger.holds(head);
    await writer.ports.ledger.put({ ...head, state: 'removed' });
    await reader.commit();
    expect(await read(head.document)).toEqual(head);
    await writer.commit();
    await expect(late.commit()).rejects.toMatchObject({ code: 'conflict' });
  });

  describe('manifests', () => {
    it('are found by their digest, and not after they were deleted', async () => {
      const manifest = manifestOf(newDocument(), ['one', 'two']);
      const digest = `digest-${manifest.document}`;
      const put = stores.begin();
      await put.ports.ledger.putManifest(digest, manifest);
      await put.ports.ledger.putManifest(digest, manifest);
      await put.commit();
      expect(await stores.begin().ports.ledger.manifest(digest)).toEqual(manifest);
      const gone = stores.begin();
      await gone.ports.ledger.deleteManifest(digest);
      await gone.ports.ledger.deleteManifest('never there');
      await gone.commit();
      expect(await stores.begin().ports.ledger.manifest(digest)).toBeUndefined();
    });
  });

  describe('batches', () => {
    const add = async (plan: ReturnType<typeof workKeyOf>, batch: number, of: number): Promise<boolean> => {
      const { ports, commit } = stores.begin();
      const full = await ports.ledger.addBatch(plan, batch, of);
      await commit();
      return full;
    };

    it('are full with the last of them, in any order', async () => {
      const plan = workKeyOf(newDocument(), 1);
      expect([await add(plan, 2, 3), await add(plan, 0, 3), await add(plan, 1, 3)]).toEqual([false, false, true]);
    });

    it('count once, however often they come', async () => {
      const plan = workKeyOf(newDocument(), 1);
      expect([await add(plan, 0, 2), await add(plan, 0, 2), await add(plan, 1, 2)]).toEqual([false, false, true]);
    });

    it('of one plan say nothing about another', async () => {
      const document = newDocument();
      expect(await add(workKeyOf(document, 1, 'chunk-0a'), 0, 2)).toBe(false);
      expect(await add(workKeyOf(document, 1, 'chunk-0b'), 1, 2)).toBe(false);
      expect(await add(workKeyOf(document, 2, 'chunk-0a'), 1, 2)).toBe(false);
    });

    it('that end at once leave one that sees the set full', async () => {
      const plan = workKeyOf(newDocument(), 1);
      const [one, two] = [stores.begin(), stores.begin()];
      const full = [await one.ports.ledger.addBatch(plan, 0, 2), await two.ports.ledger.addBatch(plan, 1, 2)];
      expect(full).toEqual([false, false]);
      await one.commit();
      await expect(two.commit()).rejects.toMatchObject({ code: 'conflict' });
      expect(await add(plan, 1, 2)).toBe(true);
    });
  });

  describe('steps', () => {
    const carryOut = async (document: Head['document'], generation: number, step: string): Promise<void> =>
      stores.begin().commit({ done: { document, generation, step } });
    const isDone = (document: Head['document'], generation: number, step: string) =>
      stores.begin().ports.ledger.isDone(document, generation, step);

    it('are done when the transaction that did them is committed', async () => {
      const document = newDocument();
      expect(await isDone(document, 1, 'mask')).toBe(false);
      await carryOut(document, 1, 'mask');
      expect(await isDone(document, 1, 'mask')).toBe(true);
      expect(await isDone(document, 2, 'mask')).toBe(false);
      expect(await isDone(document, 1, 'chunk')).toBe(false);
      expect(await isDone(newDocument(), 1, 'mask')).toBe(false);
    });

    it('are carried out once: the second transaction keeps nothing', async () => {
      const document = newDocument();
      await carryOut(document, 1, 'mask');
      const { ports, commit } = stores.begin();
      await ports.ledger.put(headOf(document));
      await expect(commit({ done: { document, generation: 1, step: 'mask' } })).rejects.toMatchObject({ code: 'conflict' });
      expect(await read(document)).toBeUndefined();
    });

    it('are forgotten with the batches, up to a generation', async () => {
      const document = newDocument();
      await carryOut(document, 1, 'mask');
      await carryOut(document, 2, 'mask');
      await carryOut(document, 3, 'mask');
      const batch = stores.begin();
      await batch.ports.ledger.addBatch(workKeyOf(document, 2), 0, 2);
      await batch.commit();
      const forget = stores.begin();
      await forget.ports.ledger.forgetSteps(document, 2);
      await forget.commit();
      expect([await isDone(document, 1, 'mask'), await isDone(document, 2, 'mask'), await isDone(document, 3, 'mask')]).toEqual([
        false,
        false,
        true,
      ]);
      expect(await stores.begin().ports.ledger.addBatch(workKeyOf(document, 2), 1, 2)).toBe(false);
    });
  });

  it('has after a restart what was committed before', async () => {
    const head = await stored();
    await stores.reopen();
    expect(await read(head.document)).toEqual(head);
  });
});
