import { Worker } from 'node:worker_threads';
import { SluiceError } from '#core/errors.ts';
import type { Post, Reply } from './protocol.ts';

export type Thread<R, A> = { ask(request: R): Promise<A>; close(): Promise<void> };

type Failure = { error: { code: string; message: string } };

/**
 * Starts a thread that says `ready` (or why not) and then answers posts. All that is asked within one turn of the
 * event loop travels as one message. Throws what the thread says.
 */
export async function startThread<R, A>(
  entry: URL,
  workerData: unknown,
  toError: (failure: Failure['error']) => Error,
): Promise<Thread<R, A>> {
  const worker = new Worker(entry, { workerData, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', (first: 'ready' | Failure) => (first === 'ready' ? resolve() : reject(toError(first.error))));
    worker.once('error', reject);
    worker.once('exit', () => reject(new SluiceError('unavailable', `starting ${entry.pathname}: it ended at once`)));
  });
  const waiting = new Map<number, { resolve: (answer: A) => void; reject: (error: unknown) => void }>();
  let posts: Post<R>[] = [];
  let last = 0;
  let gone: Error | undefined;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const fail = (error: Error): void => {
    gone = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (replies: Reply<A>[]) => {
    for (const { id, answer } of replies) {
      waiting.get(id)?.resolve(answer);
      waiting.delete(id);
    }
  });
  worker.on('error', fail);
  void exited.then(() => fail(gone ?? new SluiceError('unavailable', 'the index is closed')));
  const flush = (): void => {
    const sent = posts;
    posts = [];
    if (sent.length === 0) return;
    try {
      worker.postMessage(sent);
    } catch (error) {
      // What cannot be sent is answered here; what comes after it goes on.
      for (const { id } of sent) {
        waiting.get(id)?.reject(error);
        waiting.delete(id);
      }
    }
  };
  return {
    ask: (request) =>
      new Promise<A>((resolve, reject) => {
        if (gone) return reject(gone);
        last += 1;
        waiting.set(last, { resolve, reject });
        if (posts.push({ id: last, request }) === 1) queueMicrotask(flush);
      }),
    async close() {
      if (gone) return;
      flush();
      worker.postMessage('close');
      await exited;
    },
  };
}
