import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { objectEvent } from '#core/runtime.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { eventOf, newDocument, workKeyOf } from './make.ts';
import { QUEUED_STORES, type QueuedStores } from './stores.ts';

const VISIBLE_MS = 1_000;
const A_DAY = 86_400_000;

const changed = (lane: 'urgent' | 'bulk' = 'bulk'): BusEvent => eventOf('document.changed', { document: newDocument(), lane });
const idOf = ({ body }: { body: string }): string => JSON.parse(body).id;

describe.each(QUEUED_STORES)('the bus, %s', (_, open) => {
  let stores: QueuedStores;
  beforeAll(async () => {
    stores = await open();
  });
  const drain = async (): Promise<void> => {
    stores.clock.advance(A_DAY);
    for (const batches of [true, false]) await stores.begin(await stores.bus.receive(10_000, 0, batches)).commit();
  };
  afterEach(drain);
  afterAll(() => stores.close());
  const receive = (most = 100) => stores.bus.receive(most, VISIBLE_MS, false);

  it('has nothing at first', async () => {
    expect(await receive()).toEqual([]);
    expect(await stores.bus.pending()).toEqual({ count: 0, nextAt: undefined });
  });

  it('gives an event to the stage whose route it takes, as it was sent', async () => {
    const event = changed();
    await stores.bus.publish([event]);
    const [message, ...more] = await receive();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ stage: 'validate', attempts: 1 });
    expect(JSON.parse(message?.body ?? '')).toEqual(event);
  });

  it('gives an event to every stage whose route it takes', async () => {
    await stores.bus.publish([eventOf('document.masked', { ...masked(), document: newDocument() })]);
    const stages = [...(await receive()), ...(await stores.bus.receive(100, VISIBLE_MS, true))].map(({ stage }) => stage);
    expect(stages).toEqual(['describe', 'measure']);
  });

  it("takes a source's event for a hint, and for nothing else", async () => {
    const event = objectEvent('Object Deleted', 'files', '/a.txt', { ids: { next: () => 'x' }, clock: { now: () => 0 } });
    await stores.bus.publish([event]);
    expect((await receive()).map(({ stage }) => stage)).toEqual(['detect-change']);
    expect(await stores.bus.receive(100, VISIBLE_MS, true)).toEqual([]);
  });

  it('keeps those that record apart from those that work', async () => {
    await stores.bus.publish([changed(), changed()]);
    const [first, second] = [await receive(), await stores.bus.receive(100, VISIBLE_MS, true)];
    expect(first.map(({ stage }) => stage)).toEqual(['validate', 'validate']);
    expect(second.map(({ stage }) => stage)).toEqual(['measure', 'measure']);
  });

  it('gives urgent before bulk, further along before not begun, and else in order', async () => {
    const document = newDocument();
    const bulk = [changed(), changed()];
    const late = eventOf('document.masked', { ...masked(), document });
    const urgent = changed('urgent');
    await stores.bus.publish([...bulk, late, urgent]);
    const order = (await receive()).map(idOf);
    expect(order).toEqual([urgent, late, ...bulk].map(({ id }) => id));
  });

  it('gives at most as many as asked for, the rest later', async () => {
    await stores.bus.publish([changed(), changed(), changed()]);
    expect([(await receive(2)).length, (await receive(2)).length, (await receive(2)).length]).toEqual([2, 1, 0]);
  });

  it('gives a message again when its visibility time-out ends, as another attempt', async () => {
    await stores.bus.publish([changed()]);
    const [first] = await receive();
    stores.clock.advance(VISIBLE_MS - 1);
    expect(await receive()).toEqual([]);
    stores.clock.advance(1);
    expect(await receive()).toEqual([{ ...first, attempts: 2 }]);
  });

  it('keeps a message from others for as long as it is extended', async () => {
    await stores.bus.publish([changed()]);
    const held = await receive();
    stores.clock.advance(VISIBLE_MS - 1);
    await stores.bus.extend(held, VISIBLE_MS);
    stores.clock.advance(VISIBLE_MS - 1);
    expect(await receive()).toEqual([]);
    stores.clock.advance(1);
    expect(await receive()).toHaveLength(1);
  });

  it('gives a message that was given back after its wait', async () => {
    await stores.bus.publish([changed()]);
    const held = await receive();
    await stores.bus.release(held, 5_000, true);
    stores.clock.advance(4_999);
    expect(await receive()).toEqual([]);
    stores.clock.advance(1);
    expect(await receive()).toMatchObject([{ attempts: 2 }]);
  });

  it('counts no attempt for a message that only had to wait', async () => {
    await stores.bus.publish([changed()]);
    for (let i = 0; i < 3; i++) {
      const held = await receive();
      expect(held).toMatchObject([{ attempts: 1 }]);
      await stores.bus.release(held, 0, false);
    }
  });

  it('tells how many there are and when the next is due', async () => {
    await stores.bus.publish([changed()]);
    await stores.begin(await stores.bus.receive(9, VISIBLE_MS, true)).commit();
    expect((await stores.bus.pending()).count).toBe(1);
    await stores.bus.release(await receive(), 5_000, true);
    expect(await stores.bus.pending()).toEqual({ count: 1, nextAt: stores.clock.now() + 5_000 });
  });

  it('forgets a message with the transaction that carried it out, and stores its events', async () => {
    await stores.bus.publish([changed()]);
    const transaction = stores.begin(await receive());
    const next = changed();
    await transaction.commit({ events: [next] });
    stores.clock.advance(A_DAY);
    expect((await receive()).map(idOf)).toEqual([next.id]);
  });

  it('keeps a message whose transaction fails, and none of its events', async () => {
    await stores.bus.publish([changed()]);
    const held = await receive();
    const done = { document: newDocument(), generation: 1, step: 'validate' };
    await stores.begin().commit({ done });
    await expect(stores.begin(held).commit({ events: [changed()], done })).rejects.toMatchObject({ code: 'conflict' });
    stores.clock.advance(A_DAY);
    expect((await receive()).map(idOf)).toEqual(held.map(idOf));
  });

  it('buries a message with what went wrong, and gives it no more', async () => {
    await stores.bus.publish([changed()]);
    const [message] = await receive();
    if (!message) throw new Error('a message');
    await stores.bury(message, 'bug', 'Error: boom\n at here');
    stores.clock.advance(A_DAY);
    expect(await receive()).toEqual([]);
    expect((await stores.deadLetters()).at(-1)).toMatchObject({
      stage: 'validate',
      body: message.body,
      attempts: 1,
      code: 'bug',
      error: 'Error: boom\n at here',
    });
  });

  it('voids the leases of a process that is gone, and keeps waits and attempts', async () => {
    const [held, waiting] = [changed(), changed()];
    await stores.bus.publish([held]);
    await receive();
    await stores.bus.publish([waiting]);
    await stores.bus.release(await receive(), 5_000, true);
    await stores.reopen();
    expect((await receive()).map((message) => [idOf(message), message.attempts])).toEqual([[held.id, 2]]);
    stores.clock.advance(5_000);
    expect((await receive()).map(idOf)).toContain(waiting.id);
  });

  it('loses nothing and gives nothing after its acknowledgement, however calls interleave', async () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('publish' as const), urgent: fc.boolean() }) },
      { weight: 8, arbitrary: fc.record({ do: fc.constant('receive' as const), most: fc.integer({ min: 1, max: 4 }) }) },
      {
        weight: 8,
        arbitrary: fc.record({ do: fc.constantFrom('acknowledge' as const, 'release' as const, 'extend' as const), which: fc.nat(9) }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 2 * VISIBLE_MS }) }) },
      // Rare, since it takes a hundred times as long as the others.
      { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        await drain();
        /** What is not acknowledged, and when it is due. */
        const open = new Map<string, { lane: string; dueAt: number; leased: boolean }>();
        const held: Awaited<ReturnType<typeof receive>> = [];
        for (const one of acts) {
          const now = stores.clock.now();
          if (one.do === 'publish') {
            const event = changed(one.urgent ? 'urgent' : 'bulk');
            await stores.bus.publish([event]);
            open.set(event.id, { lane: one.urgent ? 'urgent' : 'bulk', dueAt: 0, leased: false });
          } else if (one.do === 'receive') {
            const due = [...open].filter(([, { dueAt }]) => dueAt <= now);
            const expected = [...due.filter(([, { lane }]) => lane === 'urgent'), ...due.filter(([, { lane }]) => lane === 'bulk')];
            const got = await receive(one.most);
            expect(got.map(idOf)).toEqual(expected.slice(0, one.most).map(([id]) => id));
            for (const message of got) {
              Object.assign(open.get(idOf(message)) ?? {}, { dueAt: now + VISIBLE_MS, leased: true });
              held.push(message);
            }
          } else if (one.do === 'wait') {
            stores.clock.advance(one.ms);
          } else if (one.do === 'restart') {
            await stores.reopen();
            for (const state of open.values()) if (state.leased) Object.assign(state, { dueAt: 0, leased: false });
          } else {
            const [message] = held.splice(one.which % Math.max(1, held.length), 1);
            if (!message) continue;
            const state = open.get(idOf(message));
            if (one.do === 'acknowledge') {
              await stores.begin([message]).commit();
              open.delete(idOf(message));
            } else if (one.do === 'release') {
              await stores.bus.release([message], 10, true);
              if (state) Object.assign(state, { dueAt: now + 10, leased: false });
            } else {
              await stores.bus.extend([message], VISIBLE_MS);
              if (state) Object.assign(state, { dueAt: now + VISIBLE_MS });
            }
          }
        }
        stores.clock.advance(A_DAY);
        expect((await receive(1_000)).map(idOf).sort()).toEqual([...open.keys()].sort());
      }),
      { numRuns: 25 },
    );
  });
});

const masked = () => ({ elements: workKeyOf(newDocument(), 1, 'mask-0a'), found: {}, again: 0, quality: 1 });
