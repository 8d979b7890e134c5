import { describe, expect, it, onTestFinished } from 'vitest';
import { openDb } from '#adapters/local/sqlite/db.ts';
import { figuresSince, sqliteMetrics } from '#adapters/local/sqlite-metrics.ts';
import { open, page, temporaryFolder, workspace, write } from '#test/e2e/local/helpers.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 21, 10, 7);

async function store(keepDays = 30) {
  const db = await openDb({ dataDir: temporaryFolder(), model: 'm', dimensions: 64 });
  onTestFinished(() => db.close());
  let at = START;
  const metrics = sqliteMetrics(db, () => at, keepDays);
  return {
    metrics,
    advance(ms: number) {
      at += ms;
    },
    rows: async () => (await db.all('SELECT minute FROM metrics')).length,
    figures: (since: number) => figuresSince(db, since),
  };
}

describe('figures in the index', () => {
  it('of one minute are one row for each series, however many were counted', async () => {
    const { metrics, rows, figures } = await store();
    for (let i = 0; i < 500; i++) metrics.record('DocumentsIn', 1, { source: 'files' });
    await metrics.flush();
    for (let i = 0; i < 500; i++) metrics.record('DocumentsIn', 1, { source: 'files' });
    metrics.record('DocumentsIn', 1, { source: 'handbooks' });
    await metrics.flush();
    expect(await rows()).toBe(2);
    expect((await figures(START))?.documents.in).toBe(1_001);
  });

  it('leave out what was before', async () => {
    const { metrics, advance, figures } = await store();
    metrics.record('DocumentsIn', 1, { source: 'files' });
    advance(HOUR);
    metrics.record('DocumentsIn', 1, { source: 'files' });
    await metrics.flush();
    expect((await figures(START))?.documents.in).toBe(2);
    expect((await figures(START + MINUTE))?.documents.in).toBe(1);
  });

  it('become hours after a while, and say the same', async () => {
    const { metrics, advance, rows, figures } = await store();
    for (let minute = 0; minute < 50; minute++) {
      metrics.record('StageLatency', minute + 1, { stage: 'mask' });
      metrics.record('DocumentsOut', 1, { source: 'files' });
      advance(MINUTE);
    }
    await metrics.flush();
    const [before, fine] = [await figures(START - HOUR), await rows()];
    advance(4 * HOUR);
    metrics.record('DocumentsOut', 0, { source: 'files' });
    await metrics.flush();
    expect(await rows()).toBeLessThan(fine / 2);
    expect(await figures(START - HOUR)).toEqual(before);
    expect(before).toMatchObject({ documents: { out: 50 }, stages: [{ stage: 'mask', runs: 50 }] });
  });

  it('are dropped after the days that they are kept', async () => {
    const { metrics, advance, figures } = await store(2);
    metrics.record('DocumentsOut', 1, { source: 'files' });
    await metrics.flush();
    advance(3 * 24 * HOUR);
    metrics.record('DocumentsOut', 1, { source: 'files' });
    await metrics.flush();
    expect((await figures(0))?.documents.out).toBe(1);
  });
});

describe('a pass over a folder', () => {
  it('leaves figures that add up with what it said', async () => {
    const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2), 'empty.txt': '' });
    const first = await open(dataDir);
    const summary = await first.ingest([inbox]);
    await first.close();
    write(inbox, { 'a.md': page('A', 3) });
    const second = await open(dataDir);
    const again = await second.ingest([inbox]);
    const { today } = await second.status();
    await second.close();
    expect(today?.documents).toEqual({ in: 4, out: 3, removed: 0, rejected: 1, held: 0, failed: 0 });
    expect(today?.chunks).toEqual({
      embedded: summary.chunksEmbedded + again.chunksEmbedded,
      reused: summary.chunksReused + again.chunksReused,
    });
    expect(today?.freshness?.p95).toBeLessThan(60);
    expect(today?.stages.map(({ stage }) => stage)).toContain('measure');
  });
});
