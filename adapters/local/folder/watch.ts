import path from 'node:path';
import { subscribe } from '@parcel/watcher';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';

export type WatchOptions = {
  root: string;
  /** Quiet time after the last change before they are handed on. */
  quietMs: number;
  /** Time between full comparisons, which find what was not told. */
  sweepMs: number;
  /** Called with the paths that changed, or with the root alone; one call at a time. */
  onChange(paths: string[]): Promise<void>;
  onError(error: unknown): void;
};

/** A storm is handed on at the latest after this many quiet times, so that it does not wait for its end. */
const PATIENCE = 4;
/** More paths than this are looked at as one folder. */
const MANY = 1_000;

/** The file that a side-car's change is about. */
const subjectOf = (file: string): string => (file.endsWith(SIDECAR_SUFFIX) ? file.slice(0, -SIDECAR_SUFFIX.length) : file);

/** Paths without those that lie below another of them. */
function outermost(paths: Iterable<string>): string[] {
  const kept: string[] = [];
  for (const file of [...paths].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !file.startsWith(last + path.sep)) kept.push(file);
  }
  return kept;
}

/**
 * Watches a folder. What the system tells is only a hint: changes are gathered until it is quiet, handed on as paths to
 * look at, and a full comparison at intervals finds what was missed.
 */
export async function watchFolder({ root, quietMs, sweepMs, onChange, onError }: WatchOptions): Promise<{ close(): Promise<void> }> {
  const dirty = new Set<string>();
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let closed = false;

  const flush = (): void => {
    if (closed || running || dirty.size === 0) return;
    const paths = dirty.size > MANY ? [root] : outermost(dirty);
    dirty.clear();
    since = 0;
    running = onChange(paths)
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (dirty.size > 0) schedule();
      });
  };
  const schedule = (): void => {
    const now = Date.now();
    since ||= now;
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(quietMs, since + quietMs * PATIENCE - now)));
  };
  const mark = (file: string): void => {
    dirty.add(subjectOf(file));
    schedule();
  };

  const subscription = await subscribe(root, (error, events) => {
    if (error) {
      // The system dropped events: only a comparison of everything tells what they were.
      onError(error);
      mark(root);
      return;
    }
    for (const event of events) mark(event.path);
  });
  const sweeps = setInterval(() => mark(root), sweepMs);
  sweeps.unref();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(sweeps);
      await subscription.unsubscribe();
      await running;
    },
  };
}
