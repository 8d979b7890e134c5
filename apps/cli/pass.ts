import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isWithin } from '#adapters/local/folder/ownership.ts';
import { sourceOf, withSourcesBelow } from '#adapters/local/scan-request.ts';
import type { World } from '#adapters/local/world.ts';
import { SluiceError } from '#core/errors.ts';
import type { BusEvent } from '#schemas/events/index.ts';

/** What a pass did. Each document counts once; a rename is one indexed and one removed. */
export type Summary = {
  indexed: number;
  updated: number;
  unchanged: number;
  removed: number;
  rejected: number;
  held: number;
  failed: number;
  chunksEmbedded: number;
  chunksReused: number;
  seconds: number;
};

type Outcome = 'indexed' | 'updated' | 'removed' | 'rejected' | 'held' | 'failed';

/** Counts what happens to documents, from the events. */
export class Tally {
  readonly outcomes = new Map<string, Outcome>();
  chunksEmbedded = 0;
  chunksReused = 0;
  private readonly started = performance.now();

  see(event: BusEvent): void {
    if (event.source !== 'sluice') return;
    const { document } = event.detail;
    switch (event['detail-type']) {
      case 'document.indexed':
        this.chunksReused += event.detail.metadataOnly ? 0 : event.detail.kept;
        this.outcomes.set(document, event.detail.metadataOnly && this.outcomes.get(document) !== 'indexed' ? 'updated' : 'indexed');
        break;
      case 'document.removed':
        if (event.detail.reason === 'deleted') this.outcomes.set(document, 'removed');
        break;
      case 'document.rejected':
        this.outcomes.set(document, 'rejected');
        break;
      case 'document.held':
        this.outcomes.set(document, 'held');
        break;
      case 'chunks.embedded':
        this.chunksEmbedded += event.detail.embedded;
        this.chunksReused += event.detail.reused;
        break;
    }
  }

  fail(document: string | undefined): void {
    if (document !== undefined) this.outcomes.set(document, 'failed');
  }

  /** `files`: how many were there to look at. */
  summary(files: number): Summary {
    const counts = { indexed: 0, updated: 0, unchanged: 0, removed: 0, rejected: 0, held: 0, failed: 0 };
    for (const outcome of this.outcomes.values()) counts[outcome] += 1;
    counts.unchanged = Math.max(0, files - (this.outcomes.size - counts.removed));
    const seconds = Number(((performance.now() - this.started) / 1000).toFixed(3));
    return { ...counts, chunksEmbedded: this.chunksEmbedded, chunksReused: this.chunksReused, seconds };
  }
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

export type PassResult = { files: number; unreadable: { path: string; reason: string }[] };

/** Each source's targets without those that lie within another of them: a file counts once. */
function outermost({ config }: World, targets: readonly string[]): string[] {
  const all = [...new Set(targets.flatMap((named) => withSourcesBelow(config, named)))];
  const source = (target: string): string => sourceOf(config, target).name;
  return all.filter((inner) => !all.some((outer) => outer !== inner && isWithin(inner, outer) && source(inner) === source(outer)));
}

/** Compares the targets with the ledger and waits until all that follows is done. */
export async function pass(
  world: World,
  targets: readonly string[],
  allowEmpty: boolean,
  onScanned?: (files: number) => void,
): Promise<PassResult> {
  let files = 0;
  const unreadable: PassResult['unreadable'] = [];
  for (const target of outermost(world, targets)) {
    const scan = await world.sweep(target, { allowEmpty });
    files += scan.unchanged + scan.changed.length;
    unreadable.push(...scan.unreadable);
    onScanned?.(scan.changed.length + scan.gone.length);
  }
  await world.idle();
  return { files, unreadable };
}
