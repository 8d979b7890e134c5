import { realpathSync } from 'node:fs';
import { ignoringBelow, isWithin } from './folder/ownership.ts';
import type { Scan } from './folder/scan-thread.ts';
import { type Watch, watchFolder } from './folder/watch.ts';
import { sourceOf, withSourcesBelow } from './scan-request.ts';
import type { World } from './world.ts';

export type FollowOptions = {
  inbox: string;
  dataDir: string;
  /** What could not be looked at. */
  onUnreadable(unreadable: Scan['unreadable']): void;
  onError(error: unknown): void;
};

/** Keeps the index in step with a folder, and with the declared sources in it, for as long as it is watched. */
export function followFolder(world: World, { inbox, dataDir, onUnreadable, onError }: FollowOptions): Promise<Watch> {
  const { config } = world;
  const targets = withSourcesBelow(config, inbox).sort((a, b) => b.length - a.length);
  const targetOf = (file: string): string => targets.find((target) => isWithin(file, target)) ?? inbox;
  const except = [realpathSync(dataDir)];
  const ignored = new Map(targets.map((root) => [root, ignoringBelow({ root, ignore: config.intake.ignore, except })]));
  return watchFolder({
    root: inbox,
    quietMs: config.watch.quietMs,
    sweepMs: config.watch.sweepSeconds * 1000,
    isIgnored: (file) => ignored.get(targetOf(file))?.(file) ?? false,
    async onChange(paths) {
      // A folder that changed as a whole may hold sources of its own.
      const all = new Set([...paths, ...targets.filter((target) => paths.some((file) => isWithin(target, file)))]);
      for (const [target, within] of Map.groupBy(all, targetOf)) {
        const { unreadable, changed, gone } = await world.sweep(target, { allowEmpty: 'watched', paths: within });
        const isFull = within.includes(target);
        if (isFull) world.ports.metrics.record('Drift', changed.length + gone.length, { source: sourceOf(config, target).name });
        if (unreadable.length > 0) onUnreadable(unreadable);
      }
    },
    onError,
  });
}
