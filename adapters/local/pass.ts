import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import { urgencyOf } from '#core/routing.ts';
import type { Tally } from '#core/tally.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { isWithin } from './folder/ownership.ts';
import { sourceOf, withSourcesBelow } from './scan-request.ts';
import type { World } from './world.ts';

/** Shows a tally an event of the bus. */
export function tallyEvent(tally: Tally, event: BusEvent): void {
  if (event.source === 'sluice') tally.see(event.detail.document, { event: event['detail-type'], facts: event.detail });
}

/** The named files and folders by their real paths; links in the name itself are followed. */
export function targetsOf(names: readonly string[], allowMissing: boolean): string[] {
  return names.map((name) => {
    if (existsSync(name)) return realpathSync(name);
    if (allowMissing) return path.resolve(name);
    throw new SluiceError(
      'source-unavailable',
      `reading ${name}: it is not there; a missing folder never means deletion (--allow-empty says it does)`,
    );
  });
}

export type Passed = { files: number; unreadable: { path: string; reason: string }[] };

/** Each source's targets without those that lie within another of them, since a file counts once; urgent sources first. */
function outermost({ config }: World, targets: readonly string[]): string[] {
  const all = [...new Set(targets.flatMap((named) => withSourcesBelow(config, named)))];
  const source = (target: string): string => sourceOf(config, target).name;
  const isUrgent = urgencyOf(config);
  return all
    .filter((inner) => !all.some((outer) => outer !== inner && isWithin(inner, outer) && source(inner) === source(outer)))
    .sort((a, b) => Number(isUrgent(source(b))) - Number(isUrgent(source(a))));
}

/** Compares the targets with the ledger and waits until all that follows is done. */
export async function pass(
  world: World,
  targets: readonly string[],
  allowEmpty: boolean,
  onScanned?: (files: number) => void,
): Promise<Passed> {
  let files = 0;
  const unreadable: Passed['unreadable'] = [];
  for (const target of outermost(world, targets)) {
    const scan = await world.sweep(target, { allowEmpty });
    files += scan.unchanged + scan.changed.length;
    unreadable.push(...scan.unreadable);
    onScanned?.(scan.changed.length + scan.gone.length);
  }
  await world.idle();
  return { files, unreadable };
}
