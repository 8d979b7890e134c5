import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { type Erasing, erasePage } from '#core/erasure/erase-page.ts';
import type { Inspection } from '#core/ports/inspection.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { type SmallWorld, smallWorld } from '../small-world.ts';

const FILES = {
  'zanzibarite.txt': 'The first file tells of otters that live below the weir.',
  'quartzite.txt': 'The second file tells of herons on the bank of the river.',
  'valves.txt': 'The third file tells of valves and of pumps.',
};
const CERTIFICATE = 'c1';

async function archive(): Promise<SmallWorld> {
  const world = smallWorld();
  world.files.set('/x.zip', zipSync(Object.fromEntries(Object.entries(FILES).map(([name, text]) => [name, strToU8(text)]))));
  await world.hint('/x.zip');
  await world.runUntilIdle();
  return world;
}

const inspectionOf = ({ store }: SmallWorld): Inspection => ({
  heads: async () => ({ items: [...store.heads.values()], next: undefined }),
  headsById: async (ids) => new Map(ids.flatMap((id) => store.heads.get(id) ?? []).map((head) => [head.document, head])),
  manifest: async (digest) => store.manifests.get(digest),
  vectors: async () => new Map(),
  indexed: async () => new Set(),
  storedKeys: async () => ({ items: [...store.vectors.keys()], next: undefined }),
});

/** Dies before its nth commit. */
function dyingAt(world: SmallWorld, nth: number): Erasing['begin'] {
  let commits = 0;
  return () => {
    const { ports, commit } = world.begin();
    return {
      ports,
      async commit(result) {
        commits += 1;
        if (commits === nth) throw new Error('it was cut off');
        await commit(result);
      },
    };
  };
}

const erase = (world: SmallWorld, documents: DocumentId[], begin: Erasing['begin'] = () => world.begin()) =>
  erasePage({ documents, certificate: CERTIFICATE }, { inspection: inspectionOf(world), begin });

const member = (world: SmallWorld, name: string): DocumentId => world.idOf(`/x.zip//${name}`);
const listOf = (world: SmallWorld): string[] => world.manifestOf('/x.zip').entries.flatMap(({ text }) => text.split(/\s+/));

it('an archive that is not yet made anew for one erased file forgets the next one, too', async () => {
  const world = await archive();
  await erase(world, [member(world, 'zanzibarite.txt')]);
  await erase(world, [member(world, 'quartzite.txt')]);
  await world.runUntilIdle();
  expect(listOf(world)).toEqual(['[erased]', '[erased]', 'valves.txt']);
});

it.each([1, 2, 3, 4])('an erasure that is cut off at its commit %i and said again leaves no name in the archive’s list', async (nth) => {
  const world = await archive();
  const documents = [member(world, 'zanzibarite.txt'), member(world, 'quartzite.txt')];
  await erase(world, documents, dyingAt(world, nth)).catch(() => undefined);
  await erase(world, documents);
  await world.runUntilIdle();
  expect(listOf(world)).toEqual(['[erased]', '[erased]', 'valves.txt']);
});
