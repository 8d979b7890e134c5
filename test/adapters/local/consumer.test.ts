import { afterEach, describe, expect, it } from 'vitest';
import { type Consumer, type ConsumerOptions, startConsumer } from '#adapters/local/consumer.ts';
import { burying } from '#adapters/memory/memory-bus.ts';
import { commit } from '#adapters/memory/store.ts';
import { SluiceError } from '#core/errors.ts';
import { type SmallWorld, smallWorld, watchedEmbedder } from '#test/core/small-world.ts';

const running: Consumer[] = [];
afterEach(async () => {
  for (const consumer of running.splice(0)) await consumer.stop();
});

/** A consumer that never waits between tries. */
function consume(world: SmallWorld, changes: Partial<ConsumerOptions> = {}): Consumer {
  const consumer = startConsumer({
    bus: world.bus,
    successor: () => undefined,
    begin: (messages) => world.begin(messages),
    bury: async (message, _event, error) => {
      const code = error instanceof SluiceError ? error.code : 'bug';
      commit([burying(world.store, message, code, String(error), 0)]);
    },
    attempts: 3,
    visibilityMs: 60_000,
    backoffMs: 10,
    random: () => 0,
    now: world.clock.now,
    ...changes,
  });
  running.push(consumer);
  return consumer;
}

const letters = ({ store }: SmallWorld) => [...store.deadLetters.values()].map(({ stage, code, attempts }) => ({ stage, code, attempts }));

describe('the consumer', () => {
  it('works through all that was sent, and is idle then', async () => {
    const world = smallWorld();
    const consumer = consume(world);
    for (let i = 0; i < 100; i++) await world.put(`/${i}.txt`, `pump number ${i}`);
    await consumer.idle();
    expect(await world.bus.pending()).toMatchObject({ count: 0 });
    expect(world.details('document.indexed')).toHaveLength(100);
    expect(world.store.audit.size).toBe(1_000);
  });

  it('is idle at once where there is nothing', async () => {
    await expect(consume(smallWorld()).idle()).resolves.toBeUndefined();
  });

  it('takes up what is sent while it rests', async () => {
    const world = smallWorld();
    const consumer = consume(world);
    await consumer.idle();
    await world.put('/a.txt', 'pump');
    consumer.wake();
    await consumer.idle();
    expect(await world.found('pump')).toHaveLength(1);
  });

  it('tries a failing message as often as it is told, then buries it', async () => {
    let tries = 0;
    const embedder = watchedEmbedder(() => {
      tries += 1;
      return new SluiceError('unavailable', 'away');
    });
    const world = smallWorld({ embedder });
    await world.put('/a.txt', 'pump');
    await consume(world).idle();
    expect(tries).toBe(3);
    expect(letters(world)).toEqual([{ stage: 'embed', code: 'unavailable', attempts: 3 }]);
  });

  it('counts no attempt while a service is paused, however long that takes', async () => {
    let tries = 0;
    const paused = () => (++tries <= 20 ? new SluiceError('paused', 'no budget is left', { retryAfterMs: 0 }) : undefined);
    const world = smallWorld({ embedder: watchedEmbedder(paused) });
    await world.put('/a.txt', 'pump');
    await consume(world).idle();
    expect(letters(world)).toEqual([]);
    expect(world.details('document.indexed')).toHaveLength(1);
  });

  it('buries a bug at once', async () => {
    const world = smallWorld({ embedder: watchedEmbedder(() => new TypeError('boom')) });
    await world.put('/a.txt', 'pump');
    await consume(world).idle();
    expect(letters(world)).toEqual([{ stage: 'embed', code: 'bug', attempts: 1 }]);
  });

  it('buries again when the head changed meanwhile', async () => {
    const world = smallWorld({ embedder: watchedEmbedder(() => new TypeError('boom')) });
    await world.put('/a.txt', 'pump');
    let tries = 0;
    const bury: ConsumerOptions['bury'] = async (message) => {
      tries += 1;
      if (tries < 3) throw new SluiceError('conflict', 'what was read has changed meanwhile');
      commit([burying(world.store, message, 'bug', 'boom', 0)]);
    };
    await consume(world, { bury }).idle();
    expect(letters(world)).toHaveLength(1);
    expect(tries).toBe(3);
  });

  it('buries what it cannot read, and goes on with the rest', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'pump');
    const message = { attempts: 0, visibleAt: 0, held: false };
    world.store.messages.set(-1, { ...message, id: -1, stage: 'mask', priority: 1, body: '{"no":"event"}' });
    world.store.messages.set(-2, { ...message, id: -2, stage: 'measure', priority: 1_000, body: 'no JSON' });
    await consume(world).idle();
    expect(letters(world).map(({ stage }) => stage)).toEqual(['mask', 'measure']);
    expect(await world.found('pump')).toHaveLength(1);
    expect(world.store.audit.size).toBe(10);
  });

  it('fails as a whole when the index itself does', async () => {
    const world = smallWorld();
    const error = new SluiceError('unavailable', 'the index is closed');
    const bus = { ...world.bus, receive: () => Promise.reject(error) };
    await expect(consume(world, { bus }).idle()).rejects.toBe(error);
  });

  it('lets what is in work end when it is stopped, and takes nothing more', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let entered: () => void = () => undefined;
    const isIn = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const inner = watchedEmbedder();
    const embedder: typeof inner = {
      ...inner,
      async embed(texts, purpose) {
        entered();
        await gate;
        return inner.embed(texts, purpose);
      },
    };
    const world = smallWorld({ embedder });
    await world.put('/a.txt', 'pump');
    const consumer = consume(world);
    consumer.wake();
    await isIn;
    const stopped = consumer.stop();
    release();
    await stopped;
    expect(world.details('chunks.embedded')).toHaveLength(1);
    expect(world.details('document.indexed')).toEqual([]);
    expect([...world.store.messages.values()].filter(({ held }) => held)).toEqual([]);
  });
});
