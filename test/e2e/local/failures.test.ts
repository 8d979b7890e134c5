import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openConnection } from '#adapters/local/sqlite/connection.ts';
import { openWorld } from '#adapters/local/world.ts';
import { compileConfig } from '#apps/cli/configuration.ts';
import { objectEvent } from '#core/runtime.ts';
import { indexedFiles, jsonOf, open, page, run, workspace, write } from './helpers.ts';

const sql = (dataDir: string, statement: string, ...params: (string | number)[]): unknown[] => {
  const index = openConnection(path.join(dataDir, 'index.db'), false);
  try {
    return index.all(statement, params);
  } finally {
    index.close();
  }
};

/** A document that changed and is in the middle of the pipeline, with a message that its stage does not take: an error of our own. */
function spoil(dataDir: string, file: string): void {
  const [row] = sql(dataDir, 'SELECT document, opened(body, document) AS body FROM heads WHERE native_id = sealed_path(?)', file) as {
    document: string;
    body: string;
  }[];
  const { document = '', body = '{}' } = row ?? {};
  const former = JSON.parse(body);
  const head = { ...former, generation: former.generation + 1, state: 'processing' };
  sql(dataDir, "UPDATE heads SET state = 'processing', body = sealed(?1, ?2) WHERE document = ?2", JSON.stringify(head), document);
  const detail = {
    v: 1,
    document,
    source: 'files',
    generation: head.generation,
    revision: 1,
    lane: 'bulk',
    hops: 2,
    elements: `unmasked/${document}/${head.generation}/extract-text-0123456789abcdef`,
    found: {},
    again: 0,
    quality: 1,
  };
  const event = {
    version: '0',
    id: 'x',
    source: 'sluice',
    'detail-type': 'document.masked',
    account: '',
    region: '',
    time: '2026-01-01T00:00:00Z',
    resources: [],
    detail,
  };
  sql(dataDir, "INSERT INTO messages (queue, priority, body) VALUES ('assess', 100, ?)", JSON.stringify(event));
}

test('a message that cannot be carried out is kept, its document is failed, and the pass says so', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
  await run(['ingest', inbox, '--data-dir', dataDir]);
  spoil(dataDir, path.join(inbox, 'a.md'));
  write(inbox, { 'c.md': page('C', 3) });
  sql(dataDir, "INSERT INTO messages (queue, priority, body) VALUES ('embed', 100, 'this is no event')");
  const done = await run(['ingest', inbox, '--data-dir', dataDir, '--json']);
  expect(done.code).toBe(1);
  expect(jsonOf(done)).toMatchObject({ failed: 1, indexed: 1, unchanged: 1 });
  expect(done.stderr).toContain('failed at assess');

  type Status = { documents: object; deadLetters: { stage: string; code: string; count: number }[]; attention: object[]; pending: number };
  const status = jsonOf<Status>(await run(['status', '--data-dir', dataDir, '--json']));
  expect(status).toMatchObject({ documents: { failed: 1, indexed: 2 }, pending: 0 });
  expect(status.deadLetters.map(({ stage, count }) => [stage, count])).toEqual([
    ['assess', 1],
    ['embed', 1],
  ]);
  expect(status.attention).toMatchObject([{ state: 'failed', problem: { stage: 'assess' } }]);
  const letters = sql(dataDir, "SELECT queue, opened(body, 'event') AS body FROM dead_letters ORDER BY queue") as {
    queue: string;
    body: string;
  }[];
  expect(letters[1]?.body).toBe('this is no event');
  expect(JSON.parse(letters[0]?.body ?? '{}')).toMatchObject({ 'detail-type': 'document.masked' });

  // What failed is served as it was, and a change brings it back.
  const sluice = await open(dataDir);
  expect(await indexedFiles(sluice, inbox)).toEqual(['a.md', 'b.md', 'c.md']);
  write(inbox, { 'a.md': page('A', 9) });
  expect(await sluice.ingest([inbox])).toMatchObject({ indexed: 1, failed: 0 });
  expect(await sluice.status()).toMatchObject({ documents: { failed: 0, indexed: 3 } });
});

test('what the world is at fault for is tried again, then given up with its code, and nothing is removed', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1) });
  const letters: { stage: string; code: string }[] = [];
  const config = compileConfig({ parsing: { processes: 1 }, bus: { attempts: 3, backoffMs: 1 } });
  const world = await openWorld({ dataDir, config, onDeadLetter: (letter) => letters.push(letter) });
  try {
    await world.sweep(inbox, { allowEmpty: false });
    await world.idle();
    renameSync(inbox, `${inbox}-unmounted`);
    await world.publish([objectEvent('Object Deleted', 'files', path.join(inbox, 'a.md'), world.ports)]);
    await world.idle();
    expect(letters).toMatchObject([{ stage: 'detect-change', code: 'source-unavailable' }]);
    const [letter] = sql(dataDir, 'SELECT attempts FROM dead_letters') as { attempts: number }[];
    expect(letter?.attempts).toBe(3);

    renameSync(`${inbox}-unmounted`, inbox);
    await world.publish([objectEvent('Object Deleted', 'files', path.join(inbox, 'a.md'), world.ports)]);
    await world.idle();
  } finally {
    await world.close();
  }
  const sluice = await open(dataDir);
  expect(await sluice.status()).toMatchObject({ documents: { indexed: 1, removed: 0 } });
});

test('dead letters are put back by redrive, a stage at a time, and get through once the world is mended', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1) });
  const world = await openWorld({ dataDir, config: compileConfig({ parsing: { processes: 1 }, bus: { attempts: 1, backoffMs: 1 } }) });
  try {
    await world.sweep(inbox, { allowEmpty: false });
    await world.idle();
    renameSync(inbox, `${inbox}-unmounted`);
    await world.publish([objectEvent('Object Deleted', 'files', path.join(inbox, 'a.md'), world.ports)]);
    await world.idle();
  } finally {
    await world.close();
  }
  renameSync(`${inbox}-unmounted`, inbox);
  write(inbox, { 'a.md': page('A', 2) });

  expect(jsonOf(await run(['redrive', 'embed', '--data-dir', dataDir, '--json']))).toEqual({ redriven: 0, letters: [] });
  expect(jsonOf(await run(['redrive', '--data-dir', dataDir, '--json']))).toEqual({
    redriven: 1,
    letters: [{ stage: 'detect-change', code: 'source-unavailable', count: 1 }],
  });

  expect(sql(dataDir, 'SELECT count(*) AS count FROM dead_letters')).toEqual([{ count: 0 }]);
  // The hint that was lost told of a change, and that is in the index now.
  const sluice = await open(dataDir);
  expect(await sluice.status()).toMatchObject({ documents: { indexed: 1 }, pending: 0 });
  expect((await sluice.ingest([inbox])).unchanged).toBe(1);
});

test('a world that mends itself meanwhile costs no more than a wait', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
  const letters: unknown[] = [];
  const config = compileConfig({ parsing: { processes: 1 }, bus: { attempts: 50, backoffMs: 5 } });
  const world = await openWorld({ dataDir, config, onDeadLetter: (letter) => letters.push(letter) });
  try {
    await world.sweep(inbox, { allowEmpty: false });
    await world.idle();
    rmSync(path.join(inbox, 'a.md'));
    renameSync(inbox, `${inbox}-away`);
    await world.publish([objectEvent('Object Deleted', 'files', path.join(inbox, 'a.md'), world.ports)]);
    const settled = world.idle();
    renameSync(`${inbox}-away`, inbox);
    await settled;
  } finally {
    await world.close();
  }
  expect(letters).toEqual([]);
  const sluice = await open(dataDir);
  expect(await sluice.status()).toMatchObject({ documents: { indexed: 1, removed: 1 } });
});

test('hints that are late, doubled, wrong or about nothing change nothing', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
  const seen: string[] = [];
  const config = compileConfig({ parsing: { processes: 1 } });
  const world = await openWorld({ dataDir, config, onEvent: (event) => event.source === 'sluice' && seen.push(event['detail-type']) });
  try {
    const hints = (kind: 'Object Created' | 'Object Deleted', name: string, times: number) =>
      Array.from({ length: times }, () => objectEvent(kind, 'files', path.join(inbox, name), world.ports));
    await world.sweep(inbox, { allowEmpty: false });
    await world.publish([
      ...hints('Object Deleted', 'a.md', 20),
      ...hints('Object Created', 'b.md', 20),
      ...hints('Object Deleted', 'none.md', 5),
    ]);
    await world.idle();
    expect(seen.filter((name) => name === 'document.indexed').length).toBe(2);
    expect(seen).not.toContain('document.removed');
  } finally {
    await world.close();
  }
});
