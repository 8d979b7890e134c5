import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { objectEvent } from '#core/runtime.ts';
import { REFRESH } from '#core/stages/detect-change.ts';
import type { VectorKey } from '#schemas/records/ids.ts';
import { indexedKeys, keywordKeys, paragraphs, type SmallWorld, servedKeys, smallWorld, watchedEmbedder } from './small-world.ts';

const PATHS = ['/a.txt', '/b.txt'];
const path = fc.constantFrom(...PATHS);

/** What may happen to files, and to the pipeline while it works. */
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      path,
      words: fc.uniqueArray(fc.constantFrom('ash', 'birch', 'cedar', 'dogwood', 'elm'), { minLength: 1, maxLength: 4 }),
      isSecret: fc.boolean(),
      isHinted: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('spoil' as const), path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), path, isHinted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hint' as const), path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refresh' as const), path }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('work' as const), steps: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1_000, 10_000, 200_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose work' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(40) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const secretText = (words: readonly string[]): string => paragraphs(...words.map((word) => `secret ${word}`));
const openText = (words: readonly string[]): string => paragraphs(...words.map((word) => `open ${word}`));
const SECRET = { access: ['group:hr'] };

async function carryOut(world: SmallWorld, one: Act): Promise<void> {
  if (one.do === 'write') {
    const { words, isSecret, isHinted } = one;
    if (isHinted) return isSecret ? world.put(one.path, secretText(words), SECRET) : world.put(one.path, openText(words));
    world.files.set(one.path, new TextEncoder().encode(isSecret ? secretText(words) : openText(words)));
    if (isSecret) world.files.set(`${one.path}.metadata.json`, new TextEncoder().encode(JSON.stringify(SECRET)));
    else world.files.delete(`${one.path}.metadata.json`);
  } else if (one.do === 'spoil') await world.put(one.path, '', SECRET);
  else if (one.do === 'remove') {
    if (one.isHinted) return world.remove(one.path);
    world.files.delete(one.path);
    world.files.delete(`${one.path}.metadata.json`);
  } else if (one.do === 'hint') await world.hint(one.path);
  else if (one.do === 'refresh') {
    await world.bus.publish([objectEvent('Object Created', 'files', one.path, world.begin().ports, REFRESH)]);
  } else if (one.do === 'work') for (let i = 0; i < one.steps; i++) await world.step();
  else if (one.do === 'wait') world.clock.advance(one.ms);
  else if (one.do === 'repeat') {
    const event = world.events[one.which % Math.max(1, world.events.length)];
    if (event) await world.bus.publish([event]);
  } else world.store.work.clear();
}

type Trial = { world: SmallWorld; reused: VectorKey[] };

/** A world that remembers which keys it deleted, and whose embedder keeps callers waiting as it is told. */
function trial(concurrency: number, batchSize: number, waits: readonly number[], carriesOn: boolean): Trial {
  let calls = 0;
  const embedder = watchedEmbedder(() => {
    // A throttle ends: else two messages in lockstep could meet only the slow turns for ever.
    const wait = calls < 200 ? (waits[calls % waits.length] ?? 0) : 0;
    calls += 1;
    return wait > 0 ? new SluiceError('throttled', 'slow down', { retryAfterMs: wait }) : undefined;
  });
  const settings = { chunking: { maxTokens: 16 }, embedding: { batchSize }, bus: { attempts: 1_000 } };
  const world = smallWorld({ embedder, concurrency, settings, carriesOn });
  const known = new Set<VectorKey>();
  const reused: VectorKey[] = [];
  let before: VectorKey[] = [];
  const { step } = world;
  world.step = async () => {
    const worked = await step();
    const now = indexedKeys(world);
    for (const key of now) if (known.has(key) && !before.includes(key)) reused.push(key);
    for (const key of now) known.add(key);
    before = now;
    return worked;
  };
  return { world, reused };
}

async function untilIdle({ world }: Trial): Promise<void> {
  for (;;) {
    while (await world.step());
    const { nextAt } = await world.bus.pending();
    if (nextAt === undefined) return;
    world.clock.advance(nextAt - world.clock.now());
  }
}

async function isInStep({ world }: Trial): Promise<void> {
  for (const file of PATHS) {
    const bytes = world.files.get(file);
    const head = world.store.heads.get(world.idOf(file));
    if (!bytes) {
      expect(head?.committed?.manifest ?? null).toBeNull();
    } else if (bytes.length > 0) {
      expect(head).toMatchObject({ state: 'indexed', committed: { generation: head?.generation } });
      const wanted = new TextDecoder().decode(bytes);
      expect(
        world
          .manifestOf(file)
          .entries.map(({ text }) => text)
          .join('\n\n'),
      ).toBe(wanted);
    } else expect(head?.state).toBe('rejected');
  }
  expect(world.store.deadLetters.size).toBe(0);
  const served = servedKeys(world);
  expect(indexedKeys(world)).toEqual(served);
  expect(keywordKeys(world)).toEqual(served);
}

const acts = fc.array(act, { minLength: 3, maxLength: 25 });
const waits = fc.array(fc.constantFrom(0, 0, 1_000, 10_000, 100_000), { minLength: 1, maxLength: 6 }).filter((all) => all.includes(0));

async function live(tried: Trial, all: readonly Act[]): Promise<void> {
  const { world } = tried;
  for (const one of all) {
    await carryOut(world, one);
    expect(await world.found('secret')).toEqual([]);
  }
  for (const file of PATHS) await world.hint(file);
  await untilIdle(tried);
  await isInStep(tried);
  expect(tried.reused).toEqual([]);
  expect(await world.found('secret')).toEqual([]);
}

describe('whatever happens to files, in whatever order it is noticed', () => {
  it('the index ends as its source says, shows no secret meanwhile, and takes no key twice', async () => {
    await fc.assert(
      fc.asyncProperty(acts, waits, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (all, slow, concurrency, carriesOn) => {
        const tried = trial(concurrency, 256, slow, carriesOn);
        await live(tried, all);
      }),
      { numRuns: 150 },
    );
  });

  it('the same holds for documents of many batches', async () => {
    await fc.assert(
      fc.asyncProperty(acts, waits, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (all, slow, concurrency, carriesOn) => {
        await live(trial(concurrency, 1, slow, carriesOn), all);
      }),
      { numRuns: 60 },
    );
  });
});
