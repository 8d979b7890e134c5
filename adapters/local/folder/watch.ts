import path from 'node:path';
import { type AsyncSubscription, subscribe } from '@parcel/watcher';
import { SluiceError } from '#core/errors.ts';
import { recordingOf } from '#core/transcripts.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import { identityOf } from './folder-sources.ts';

export type WatchOptions = {
  root: string;
  /** Quiet time after the last change before they are handed on. */
  quietMs: number;
  /** Time between full comparisons, which find what was not told. */
  sweepMs: number;
  /** Whether a path is of no interest; what changes there wakes nobody. */
  isIgnored?: (file: string) => boolean;
  /** Called with the paths that changed, or with the root alone; one call at a time. */
  onChange(paths: string[]): Promise<void>;
  onError(error: unknown): void;
};

export type Watch = { close(): Promise<void> };

/** A storm is handed on at the latest after this many quiet times, so that it does not wait for its end. */
const PATIENCE = 4;
/** More paths than this are looked at as one folder. */
const MANY = 1_000;
/** Time between looks at whether the root is still the folder that is watched: the system says nothing of its return. */
const IDENTITY_MS = 1_000;

/** The files that a change is about: a side-car's is that of its file, a transcript's that of its recording too, if there is one. */
function subjectsOf(file: string): string[] {
  if (file.endsWith(SIDECAR_SUFFIX)) return [file.slice(0, -SIDECAR_SUFFIX.length)];
  const recording = recordingOf(file);
  return recording === undefined ? [file] : [file, recording];
}

/** Paths without those that lie below another of them. */
function outermost(paths: Iterable<string>): string[] {
  const kept: string[] = [];
  // Compared by folder: `a/b` stands before `a.b`, so that what lies below a path follows it.
  for (const file of [...paths].sort((a, b) => (a + path.sep < b + path.sep ? -1 : 1))) {
    const last = kept.at(-1);
    if (last === undefined || !file.startsWith(last + path.sep)) kept.push(file);
  }
  return kept;
}

/** Gathers paths until it is quiet, and hands them on one lot at a time. */
function gathering({ root, quietMs, onChange, onError }: WatchOptions) {
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
  return {
    mark(file: string): void {
      if (closed) return;
      for (const subject of subjectsOf(file)) dirty.add(subject);
      schedule();
    },
    async close(): Promise<void> {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * Watches a folder. What the system tells is only a hint: changes are gathered until it is quiet, handed on as paths to
 * look at, and a full comparison at intervals finds what was missed. A folder that is replaced is watched anew.
 */
export async function watchFolder(options: WatchOptions): Promise<Watch> {
  const { root, sweepMs, isIgnored = () => false, onError } = options;
  const gathered = gathering(options);
  const listen = async (): Promise<AsyncSubscription> => {
    try {
      return await subscribe(root, (error, events) => {
        if (error) {
          // The system dropped events: only a comparison of everything tells what they were.
          onError(error);
          gathered.mark(root);
          return;
        }
        for (const event of events) if (!isIgnored(event.path)) gathered.mark(event.path);
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SluiceError('unavailable', `watching ${root}: ${reason}; \`sluice doctor\` looks at what it takes`, { cause: error });
    }
  };
  let watched = identityOf(root);
  let subscription: Promise<AsyncSubscription | undefined> = listen();
  await subscription;
  const renew = (): void => {
    const identity = identityOf(root);
    if (identity === undefined || identity === watched) return;
    watched = identity;
    subscription = subscription
      .then((old) => old?.unsubscribe())
      .catch(() => undefined)
      .then(listen)
      .catch((error: unknown) => {
        watched = undefined;
        onError(error);
        return undefined;
      });
    void subscription.then(() => gathered.mark(root));
  };
  const timers = [setInterval(() => gathered.mark(root), sweepMs), setInterval(renew, IDENTITY_MS)];
  for (const timer of timers) timer.unref();
  return {
    async close() {
      for (const timer of timers) clearInterval(timer);
      await subscription.then((one) => one?.unsubscribe()).catch(() => undefined);
      await gathered.close();
    },
  };
}
