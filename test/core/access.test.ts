import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { type SmallWorld, smallWorld, watchedEmbedder } from './small-world.ts';

const HR = ['group:hr'];
const restricted = { access: HR, classification: 'restricted' as const };

/** A world whose embedder never answers for texts with the word `slow`, until it is told to. */
function stalling(): { world: SmallWorld; go: () => void } {
  let stalls = true;
  const embedder = watchedEmbedder((texts) =>
    stalls && texts.some((text) => text.includes('slow')) ? new SluiceError('throttled', 'wait', { retryAfterMs: 1_000 }) : undefined,
  );
  const world = smallWorld({ embedder, settings: { bus: { attempts: 1_000 } } });
  return {
    world,
    go() {
      stalls = false;
    },
  };
}

describe('who may read a document', () => {
  it('is what its side-car says, else public', async () => {
    const world = smallWorld();
    await world.put('/open.txt', 'pump one');
    await world.put('/closed.txt', 'pump two', restricted);
    await world.put('/nobody.txt', 'pump three', { access: [] });
    await world.runUntilIdle();
    expect(await world.found('pump')).toEqual(['pump one']);
    expect(await world.found('pump', HR)).toEqual(['pump one', 'pump two']);
    expect(await world.found('pump', ['user:ana', 'group:it'])).toEqual(['pump one']);
  });

  it('narrows the moment that it is seen, before anything else happens', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'pump one');
    await world.runUntilIdle();
    await world.put('/a.txt', 'pump one', restricted);
    await world.step();
    expect(await world.found('pump')).toEqual([]);
    expect(await world.found('pump', HR)).toEqual(['pump one']);
    expect(world.headOf('/a.txt').classification).toBe('restricted');
  });

  it('widens at once where nothing but the side-car changed', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'pump one', restricted);
    await world.runUntilIdle();
    await world.put('/a.txt', 'pump one');
    await world.runUntilIdle();
    expect(await world.found('pump')).toEqual(['pump one']);
    expect(world.headOf('/a.txt').classification).toBe('internal');
  });

  it('narrows at once with a new version, for the old one that is still served', async () => {
    const { world, go } = stalling();
    await world.put('/a.txt', 'pump one');
    await world.runUntilIdle();
    await world.put('/a.txt', 'slow pump two', restricted);
    await world.runDue();
    expect(await world.found('pump')).toEqual([]);
    expect(await world.found('pump', HR)).toEqual(['pump one']);
    go();
    await world.runUntilIdle();
    expect(await world.found('pump', HR)).toEqual(['slow pump two']);
    expect(await world.found('pump')).toEqual([]);
  });

  it('widens only with the version that it belongs to', async () => {
    const { world, go } = stalling();
    await world.put('/a.txt', 'pump one', restricted);
    await world.runUntilIdle();
    await world.put('/a.txt', 'slow pump two');
    await world.runDue();
    expect(await world.found('pump')).toEqual([]);
    expect(await world.found('pump', HR)).toEqual(['pump one']);
    go();
    await world.runUntilIdle();
    expect(await world.found('pump')).toEqual(['slow pump two']);
  });

  it('stays narrow for an old version that is served only after a wider one was seen', async () => {
    const { world, go } = stalling();
    await world.put('/a.txt', 'slow pump one', restricted);
    await world.runDue();
    await world.put('/a.txt', '');
    await world.runDue();
    expect(world.headOf('/a.txt').state).toBe('rejected');
    go();
    await world.runUntilIdle();
    expect(world.headOf('/a.txt').committed?.generation).toBe(1);
    expect(await world.found('pump', HR)).toEqual(['slow pump one']);
    expect(await world.found('pump')).toEqual([]);
  });

  it('narrows for those who may read both, where two versions name different people', async () => {
    const { world } = stalling();
    await world.put('/a.txt', 'pump one', { access: ['user:ana', 'user:bo'] });
    await world.runUntilIdle();
    await world.put('/a.txt', 'slow pump two', { access: ['user:bo', 'user:cy'] });
    await world.runDue();
    expect(await world.found('pump', ['user:bo'])).toEqual(['pump one']);
    for (const other of ['user:ana', 'user:cy']) expect(await world.found('pump', [other])).toEqual([]);
  });

  it('does not widen because the side-car became unreadable', async () => {
    const world = smallWorld();
    await world.put('/a.txt', 'pump one', restricted);
    await world.runUntilIdle();
    await world.put('/a.txt', 'pump one', 'no longer JSON');
    await world.runUntilIdle();
    expect(await world.found('pump')).toEqual([]);
    expect(await world.found('pump', HR)).toEqual(['pump one']);
  });

  it('is that of its source by default', async () => {
    const world = smallWorld({
      settings: { sources: [{ name: 'files', path: '/', access: HR, classification: 'confidential', tags: ['hr'] }] },
    });
    await world.put('/a.txt', 'pump one');
    await world.runUntilIdle();
    expect(await world.found('pump')).toEqual([]);
    expect(world.headOf('/a.txt')).toMatchObject({ access: HR, classification: 'confidential', metadata: { tags: ['hr'] } });
  });
});
