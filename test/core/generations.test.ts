import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { objectEvent } from '#core/runtime.ts';
import { REFRESH } from '#core/stages/detect-change.ts';
import { indexedKeys, keywordKeys, paragraphs, type SmallWorld, servedKeys, smallWorld, watchedEmbedder } from './small-world.ts';

const CHUNKS = { chunking: { maxTokens: 16 } };

/** A world whose embedder keeps texts with a word back for a time (ms), once. */
function delayed(delays: Record<string, number>, settings = {}): SmallWorld {
  const left = new Map(Object.entries(delays));
  const embedder = watchedEmbedder((texts) => {
    const word = [...left.keys()].find((candidate) => texts.some((text) => text.includes(candidate)));
    if (word === undefined) return undefined;
    const retryAfterMs = left.get(word) ?? 0;
    left.delete(word);
    return new SluiceError('throttled', 'embedding: slow down', { retryAfterMs });
  });
  return smallWorld({ embedder, settings: { ...CHUNKS, ...settings } });
}

describe('generations of one document in flight at once', () => {
  it('the newer one is served when the older one comes last', async () => {
    const world = delayed({ older: 20_000 });
    await world.put('/a.txt', paragraphs('base'));
    await world.runUntilIdle();
    await world.put('/a.txt', paragraphs('base', 'older'));
    await world.runDue();
    await world.put('/a.txt', paragraphs('base', 'newer'));
    await world.runDue();
    expect(world.headOf('/a.txt').committed?.generation).toBe(3);
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', generation: 3, committed: { generation: 3 } });
    expect(await world.found('older')).toEqual([]);
    expect(await world.found('newer')).toHaveLength(1);
    expect(indexedKeys(world)).toEqual(servedKeys(world));
  });

  it('the older one is served until the newer one is there', async () => {
    const world = delayed({ older: 1_000, newer: 60_000 });
    await world.put('/a.txt', paragraphs('older'));
    await world.runDue();
    await world.put('/a.txt', paragraphs('newer'));
    await world.runDue();
    world.clock.advance(1_000);
    await world.runDue();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'processing', generation: 2, committed: { generation: 1 } });
    expect(await world.found('older')).toHaveLength(1);
    await world.runUntilIdle();
    expect(await world.found('older')).toEqual([]);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', committed: { generation: 2 } });
  });

  it('a plan is made anew when another generation was committed since', async () => {
    const world = delayed({ older: 10_000, newer: 20_000 });
    await world.put('/a.txt', paragraphs('base', 'shared'));
    await world.runUntilIdle();
    await world.put('/a.txt', paragraphs('shared', 'older'));
    await world.runDue();
    await world.put('/a.txt', paragraphs('base', 'newer'));
    await world.runDue();
    await world.runUntilIdle();
    expect(world.details('document.described').filter(({ again }) => again > 0)).toHaveLength(1);
    expect(world.manifestOf('/a.txt').entries.map(({ text }) => text.split(' ')[0])).toEqual(['base', 'newer']);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', committed: { generation: 3 } });
    // `base` was deleted with the second generation: the third one wrote it under a key of its own.
    expect(servedKeys(world).every((key) => key.endsWith('@3'))).toBe(true);
    expect(indexedKeys(world)).toEqual(servedKeys(world));
    expect(keywordKeys(world)).toEqual(servedKeys(world));
  });

  it('a rejected newer one takes nothing from an older one that is still on its way', async () => {
    const world = delayed({ older: 10_000 });
    await world.put('/a.txt', paragraphs('older'));
    await world.runDue();
    await world.put('/a.txt', '');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'rejected', generation: 2, committed: { generation: 1 } });
    expect(await world.found('older')).toHaveLength(1);
    expect(world.store.deadLetters.size).toBe(0);
  });

  it('one that returned is served when the next is rejected', async () => {
    const world = delayed({ returned: 10_000 });
    await world.put('/a.txt', paragraphs('base'));
    await world.runUntilIdle();
    await world.remove('/a.txt');
    await world.runUntilIdle();
    await world.put('/a.txt', paragraphs('returned'));
    await world.runDue();
    await world.put('/a.txt', '');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'rejected', generation: 4, committed: { generation: 3 } });
    expect(await world.found('returned')).toHaveLength(1);
  });

  it('a removal wins over what was on its way', async () => {
    const world = delayed({ older: 10_000 });
    await world.put('/a.txt', paragraphs('older'));
    await world.runDue();
    await world.remove('/a.txt');
    await world.runUntilIdle();
    expect(await world.found('older')).toEqual([]);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'removed', committed: { generation: 2, manifest: null } });
    expect([indexedKeys(world), world.store.work.size]).toEqual([[], 0]);
  });

  it('bytes that change before they are read are looked at again', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'the first words');
    await world.step();
    world.files.set('/a.txt', new TextEncoder().encode('the second words'));
    await world.runUntilIdle();
    expect(await world.found('second')).toHaveLength(1);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', generation: 2 });
  });

  it('bytes that change and change back before they are read again are indexed', async () => {
    const world = smallWorld();
    const bytes = new TextEncoder().encode('the first words');
    await world.put('/a.txt', 'the first words');
    await world.step();
    world.files.set('/a.txt', new TextEncoder().encode('something else'));
    await world.step();
    expect(world.headOf('/a.txt').problem?.code).toBe('superseded');
    world.files.set('/a.txt', bytes);
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', committed: { chunks: 1 } });
    expect(await world.found('first')).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('work that is lost after %i steps is done again, under the same keys', async (steps) => {
    const world = smallWorld({ settings: { ...CHUNKS, embedding: { batchSize: 1 } } });
    await world.put('/a.txt', paragraphs('one', 'two', 'three'));
    for (let i = 0; i < steps; i++) await world.step();
    world.store.work.clear();
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', generation: 1, committed: { chunks: 3 } });
    expect(indexedKeys(world)).toEqual(servedKeys(world));
    expect(world.store.deadLetters.size).toBe(0);
  });
});

describe('a restart', () => {
  it('goes on where the last process stopped, and voids its leases', async () => {
    const first = smallWorld({ settings: CHUNKS });
    await first.put('/a.txt', paragraphs('one', 'two'));
    for (let i = 0; i < 4; i++) await first.step();
    await first.bus.receive(10, 1e9, false);
    const second = smallWorld({ settings: CHUNKS, store: first.store, files: first.files });
    await second.runUntilIdle();
    expect(await second.found('one')).toHaveLength(1);
  });

  it('under another configuration leaves a document as it is until it is asked for again', async () => {
    const first = smallWorld({ settings: { pii: { default: 'redact' } } });
    await first.put('/a.txt', 'Mail ana@example.com.');
    await first.runUntilIdle();
    const second = smallWorld({ settings: { pii: { default: 'keep' } }, store: first.store, files: first.files });
    await second.hint('/a.txt');
    await second.runUntilIdle();
    expect(await second.found('mail')).toEqual(['Mail [EMAIL_ADDRESS].']);
    await second.bus.publish([objectEvent('Object Created', 'files', '/a.txt', second.begin().ports, REFRESH)]);
    await second.runUntilIdle();
    expect(await second.found('mail')).toEqual(['Mail ana@example.com.']);
    expect(second.headOf('/a.txt')).toMatchObject({ generation: 2, revision: 2 });
    expect(indexedKeys(second)).toEqual(servedKeys(second));
  });

  it('under another configuration ends what was begun under the one it was begun with', async () => {
    const first = smallWorld({ settings: { pii: { default: 'redact' } } });
    await first.put('/a.txt', 'Mail ana@example.com.');
    await first.step();
    const second = smallWorld({ settings: { pii: { default: 'keep' } }, store: first.store, files: first.files });
    await second.runUntilIdle();
    expect(await second.found('mail')).toEqual(['Mail [EMAIL_ADDRESS].']);
    await second.put('/b.txt', 'Mail bo@example.com.');
    await second.runUntilIdle();
    expect(await second.found('mail')).toContain('Mail bo@example.com.');
    expect([second.headOf('/a.txt').revision, second.headOf('/b.txt').revision]).toEqual([1, 2]);
  });
});

describe('a failure outside the document', () => {
  it('that passes is waited for, longer each time', async () => {
    let failures = 3;
    const times: number[] = [];
    const embedder = watchedEmbedder(() => {
      times.push(world.clock.now());
      failures -= 1;
      return failures >= 0 ? new SluiceError('unavailable', 'the model is away') : undefined;
    });
    const world: SmallWorld = smallWorld({ embedder });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    expect(await world.found('circulation')).toHaveLength(1);
    const waits = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(waits).toHaveLength(3);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[0]).toBeGreaterThan(0);
  });

  it('that does not pass becomes a dead letter, and leaves the last good version', async () => {
    let isAway = false;
    const embedder = watchedEmbedder(() => (isAway ? new SluiceError('unavailable', 'the model is away') : undefined));
    const world = smallWorld({ embedder, settings: { bus: { attempts: 3 } } });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    isAway = true;
    await world.put('/a.txt', 'The circulation pump stands still.');
    await world.runUntilIdle();
    expect([...world.store.deadLetters.values()]).toMatchObject([{ stage: 'embed', attempts: 3, code: 'unavailable' }]);
    expect(world.headOf('/a.txt')).toMatchObject({
      state: 'failed',
      problem: { stage: 'embed', code: 'unavailable' },
      committed: { generation: 1 },
    });
    expect(await world.found('hums')).toHaveLength(1);
    isAway = false;
    await world.put('/a.txt', 'The circulation pump runs again.');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt').state).toBe('indexed');
  });

  it('that is over leaves a document that the next look takes up again', async () => {
    let isAway = true;
    const world = smallWorld({
      embedder: watchedEmbedder(() => (isAway ? new SluiceError('unavailable', 'away') : undefined)),
      settings: { bus: { attempts: 1 } },
    });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt').state).toBe('failed');
    isAway = false;
    await world.hint('/a.txt');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', generation: 2 });
  });

  it('of a file that is being written is waited for without an end', async () => {
    let writes = 12;
    const world = smallWorld({
      settings: { bus: { attempts: 2 } },
      replace: ({ sources }) => ({
        sources: {
          ...sources,
          observe(...asked) {
            writes -= 1;
            if (writes > 0) throw new SluiceError('growing', 'it is being written', { retryAfterMs: 100 });
            return sources.observe(...asked);
          },
        },
      }),
    });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    expect(world.headOf('/a.txt').state).toBe('indexed');
    expect(world.store.deadLetters.size).toBe(0);
  });

  it('of a source out of reach means no deletion', async () => {
    let isAway = false;
    const world = smallWorld({
      replace: ({ sources }) => ({
        sources: {
          ...sources,
          observe: (...asked) =>
            isAway ? Promise.reject(new SluiceError('source-unavailable', 'not mounted')) : sources.observe(...asked),
        },
      }),
    });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    isAway = true;
    await world.remove('/a.txt');
    await world.runUntilIdle();
    expect(await world.found('circulation')).toHaveLength(1);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'indexed', removed: false });
    expect([...world.store.deadLetters.values()]).toMatchObject([{ stage: 'detect-change', code: 'source-unavailable' }]);
  });

  it('of ours is a dead letter at once, with its stack', async () => {
    const world = smallWorld({ embedder: watchedEmbedder(() => new TypeError('x is not a function')) });
    await world.put('/a.txt', 'The circulation pump hums.');
    await world.runUntilIdle();
    const [letter] = world.store.deadLetters.values();
    expect(letter).toMatchObject({ stage: 'embed', attempts: 1, code: 'bug' });
    expect(letter?.error).toMatch(/TypeError: x is not a function\n\s+at /);
    expect(world.headOf('/a.txt')).toMatchObject({ state: 'failed', problem: { code: 'bug' } });
  });
});
