import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, deploy } from '#test/aws/deployment.ts';
import { startGateway } from '#test/aws/player/gateway.ts';
import { jsonOf, linesOf, page, run, workspace, write } from '../local/helpers.ts';

let deployment: Deployment;
let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  deployment = await deploy();
  gateway = await startGateway(deployment.lambda);
});
afterAll(async () => {
  await gateway.stop();
  await deployment.stop();
});

/** The command line on a deployed pipeline, in a process of its own; functions work meanwhile. */
const sluice = async (cwd: string, ...args: string[]) => {
  const running = run([...args, '--remote', gateway.url], { cwd });
  const finished = await running;
  expect(finished.stderr).not.toContain('bug');
  return finished;
};

it('ingests a folder, finds it, tells of it, exports it, compares it, and takes out what is gone', async () => {
  const { folder, inbox } = workspace({
    'north.md': page('Pressure in the northern line', 7),
    'deep/south.md': page('Valves of the southern line', 8),
    'broken.pdf': '%PDF-1.7 nothing',
  });
  const first = jsonOf(await sluice(folder, 'ingest', 'inbox', '--json'));
  expect(first).toMatchObject({ indexed: 2, rejected: 1, unchanged: 0, removed: 0 });
  expect(first.chunksEmbedded).toBeGreaterThan(0);

  const found = jsonOf<{ mode: string; degraded: string[]; hits: { uri: string }[] }>(
    await sluice(folder, 'search', 'valves of the southern line', '--json'),
  );
  expect([found.mode, found.degraded]).toEqual(['vector', []]);
  expect(found.hits[0]?.uri).toMatch(/inbox\/deep\/south\.md$/);
  const hybrid = await sluice(folder, 'search', 'valves', '--mode', 'hybrid');
  expect(hybrid.stdout).toMatch(/without keyword, which this store does not have \(.*SQLite.*\)/);

  const status = jsonOf<{ documents: object; attention: object[]; pending: number }>(await sluice(folder, 'status', '--json'));
  expect(status).toMatchObject({ documents: { indexed: 2, rejected: 1, processing: 0 }, attention: [{ state: 'rejected' }] });
  const story = jsonOf<{ events: { event: string }[] }>(await sluice(folder, 'status', 'inbox/north.md', '--json'));
  expect(story.events.at(-1)?.event).toBe('document.indexed');

  const chunks = linesOf<{ uri: string; vector: string | null }>(await sluice(folder, 'export'));
  expect(new Set(chunks.map(({ uri }) => path.basename(uri)))).toEqual(new Set(['north.md', 'south.md']));
  expect(chunks.every(({ vector }) => vector !== null)).toBe(true);
  expect(jsonOf(await sluice(folder, 'reconcile', '--json'))).toMatchObject({ drift: 0, documents: 2, chunks: chunks.length });

  write(inbox, { 'north.md': page('Pressure in the northern line', 9) });
  rmSync(path.join(inbox, 'deep/south.md'));
  expect(jsonOf(await sluice(folder, 'ingest', 'inbox', '--delete', '--json'))).toMatchObject({ indexed: 1, removed: 1, unchanged: 1 });
  expect(jsonOf(await sluice(folder, 'refresh', 'files', '--json'))).toMatchObject({ updated: 1, rejected: 1 });
  expect(jsonOf(await sluice(folder, 'redrive', '--json'))).toEqual({ redriven: 0, letters: [] });
}, 600_000);
