import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { jsonOf, launch, linesOf, page, run, workspace, write } from './helpers.ts';

/** A repeatable stream of numbers from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Row = { uri: string; chunkId: string; vector: string | null; text: string };

const dump = async (dataDir: string): Promise<string[]> =>
  linesOf<Row>(await run(['export', '--jsonl', '--data-dir', dataDir]))
    .map(({ uri, chunkId, vector, text }) => `${uri} ${chunkId} ${vector} ${text}`)
    .sort();

/**
 * Kills passes at random moments, with changes in between, and holds what one undisturbed pass makes of it against an
 * index that was never disturbed.
 */
export async function survivesKills(kills: number, files: number, seed: number): Promise<void> {
  const random = numbers(seed);
  const pick = (): number => Math.floor(random() * files);
  const named = (i: number): string => `folder${i % 7}/d${i}.md`;
  const { folder, inbox, dataDir } = workspace(
    Object.fromEntries(Array.from({ length: files }, (_, i) => [named(i), page(`Page ${i}`, i, 5)])),
  );
  const began = performance.now();
  const clean = path.join(folder, 'clean');
  expect((await run(['ingest', inbox, '--data-dir', clean])).code).toBe(0);
  const passMs = performance.now() - began;
  let revision = files;
  for (let i = 0; i < kills; i++) {
    const { child, ended } = launch(['ingest', inbox, '--data-dir', dataDir]);
    const timer = setTimeout(() => child.kill('SIGKILL'), passMs * (0.15 + 0.85 * random()));
    await ended;
    clearTimeout(timer);
    // What a kill leaves is served as it was committed, and nothing else.
    const looked = await run(['status', '--data-dir', dataDir, '--json']);
    if (looked.code !== 0) expect(jsonOf(looked)).toMatchObject({ error: { code: 'not-found' } });
    for (let k = 0; k < files / 4; k++) {
      revision += 1;
      write(inbox, { [named(pick())]: page(`Page ${revision}`, revision, 5) });
    }
    for (let k = 0; k < files / 40; k++) rmSync(path.join(inbox, named(pick())), { force: true });
  }
  const last = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
  expect(last.code, last.stderr).toBe(0);
  const undisturbed = path.join(folder, 'undisturbed');
  await run(['ingest', inbox, '--data-dir', undisturbed]);
  const [found, wanted] = [await dump(dataDir), await dump(undisturbed)];
  expect(found.length).toBeGreaterThan(files / 2);
  expect(found).toEqual(wanted);
  expect(found.filter((row) => row.includes(' null '))).toEqual([]);
  expect(jsonOf(await run(['reconcile', '--data-dir', dataDir, '--json']))).toMatchObject({ drift: 0 });
  expect(jsonOf(await run(['status', '--data-dir', dataDir, '--json']))).toMatchObject({ pending: 0, deadLetters: [], attention: [] });
  // The next pass finds nothing to do.
  expect(jsonOf(await run(['ingest', inbox, '--data-dir', dataDir, '--json']))).toMatchObject({
    indexed: 0,
    removed: 0,
    chunksEmbedded: 0,
  });
}
