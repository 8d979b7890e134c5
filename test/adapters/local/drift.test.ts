import { expect, it, onTestFinished, vi } from 'vitest';
import { followFolder } from '#adapters/local/follow.ts';
import { pass } from '#adapters/local/pass.ts';
import { openReader } from '#adapters/local/reader.ts';
import { openWorld } from '#adapters/local/world.ts';
import { Config } from '#schemas/config.ts';
import { page, workspace } from '#test/e2e/local/helpers.ts';

it('a full comparison while watching counts how far source and ledger are apart', async () => {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1) });
  const world = await openWorld({ dataDir, config: Config.parse({ watch: { sweepSeconds: 0.05 } }) });
  onTestFinished(() => world.close());
  await pass(world, [inbox], false);
  const fail = (what: unknown): never => expect.fail(String(what));
  const watch = await followFolder(world, { inbox, dataDir, onUnreadable: fail, onError: fail });
  onTestFinished(() => watch.close());
  const reader = await openReader(dataDir);
  onTestFinished(() => reader.close());
  const counted = async () => {
    await world.idle();
    return reader.all("SELECT dimensions, sum(sum) AS drift FROM metrics WHERE name = 'Drift' GROUP BY dimensions");
  };
  await vi.waitFor(async () => expect(await counted()).toEqual([{ dimensions: '{"source":"files"}', drift: 0 }]));
});
