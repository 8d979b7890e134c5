import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { indexedKeys, keywordKeys, paragraphs, type SmallWorld, servedKeys, smallWorld } from '../small-world.ts';

/** Documents that come, change, go, lose their readers or their case, in any order, while the pipeline works. */
const PATHS = ['CL-7/a.txt', 'CL-7/b.txt', 'CL-7/c.txt', 'CL-8/d.txt'];
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      path: fc.constantFrom(...PATHS),
      word: fc.constantFrom('ash', 'birch', 'cedar'),
      day: fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03'),
      isSecret: fc.boolean(),
      caseKey: fc.constantFrom(undefined, undefined, 'CL-8'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), path: fc.constantFrom(...PATHS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('spoil' as const), path: fc.constantFrom(...PATHS) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('work' as const), steps: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose work' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat(60) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const SECRET = { access: ['group:hr'] };
const settings = { sources: [{ name: 'files', path: '.', cases: { pattern: 'CL-\\d' } }], bus: { attempts: 1_000 } };
const world = (concurrency: number, carriesOn: boolean): SmallWorld =>
  smallWorld({ settings, concurrency, carriesOn, embedder: memoryEmbedder() });

async function carryOut(one: Act, tried: SmallWorld): Promise<void> {
  if (one.do === 'write') {
    const { path, word, day, isSecret, caseKey } = one;
    const text = paragraphs(`${isSecret ? 'secret' : 'open'} ${word} of ${path}`);
    await tried.put(path, text, { created: day, ...(isSecret && SECRET), ...(caseKey && { caseKey }) });
  } else if (one.do === 'remove') await tried.remove(one.path);
  else if (one.do === 'spoil') await tried.put(one.path, '', SECRET);
  else if (one.do === 'work') for (let i = 0; i < one.steps; i++) await tried.step();
  else if (one.do === 'lose work') tried.store.work.clear();
  else {
    const event = tried.events[one.which % Math.max(1, tried.events.length)];
    if (event) await tried.bus.publish([event]);
  }
}

/** What a case is to whoever reads it: nothing of how it came to be. */
function told(tried: SmallWorld, path: string): unknown {
  const head = tried.store.heads.get(tried.idOf(path));
  if (!head?.committed?.manifest) return undefined;
  const { state, removed, access, classification, metadata, observation } = head;
  const texts = tried.manifestOf(path).entries.map(({ text, path: headings }) => [...headings, text]);
  const parts = observation?.parts?.map(({ uri, leftOut }) => [uri, leftOut]);
  return { state, removed, access, classification, metadata, parts, texts };
}

const CASES = ['case:files/CL-7', 'case:files/CL-8'];

describe('whatever happens to the documents of a case, in whatever order', () => {
  it('gives the case record that the documents as they are give at once, and leaves nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 3, maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.shuffledSubarray(PATHS, { minLength: PATHS.length }),
        async (acts, concurrency, carriesOn, order) => {
          const tried = world(concurrency, carriesOn);
          for (const one of acts) {
            await carryOut(one, tried);
            expect(await tried.found('secret')).toEqual([]);
          }
          await tried.runUntilIdle();

          // The same documents, seen for the first time: those that hold nothing never held anything.
          const fresh = world(1, false);
          for (const [path, bytes] of tried.files) fresh.files.set(path, bytes);
          for (const path of order) if (tried.files.get(path)?.length) await fresh.hint(path);
          await fresh.runUntilIdle();

          const isSpoilt = PATHS.some((path) => tried.files.get(path)?.length === 0);
          if (!isSpoilt) for (const path of CASES) expect(told(tried, path)).toEqual(told(fresh, path));
          expect(tried.store.deadLetters.size).toBe(0);
          expect(indexedKeys(tried)).toEqual(servedKeys(tried));
          expect(keywordKeys(tried)).toEqual(servedKeys(tried));
          expect(await tried.found('secret')).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
