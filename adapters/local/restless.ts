import type { Message } from '#core/ports/bus.ts';
import type { BusEvent } from '#schemas/events/index.ts';

/** Files that are written all the time: they are waited for, but not for ever, and not by two messages at once. */

/** How long a pass waits for a file to keep still. */
export const PATIENCE_MS = 30_000;

export type Wait = 'wait' | 'double' | 'over';

/** Judges messages that wait for a file that is being written. */
export function waitingRoom(
  patienceMs: number,
  now: () => number,
): { judge(message: Message, event: BusEvent): Wait; leave(message: Message): void } {
  const waits = new Map<string, { id: number; since: number }>();
  const keys = new Map<number, string>();
  return {
    judge({ id }, event) {
      const key = event.source === 'aws.s3' ? `${event.detail.bucket.name} ${event.detail.object.key}` : String(id);
      const first = waits.get(key);
      // A watched file that grows has a new message at every look.
      if (first && first.id !== id) return 'double';
      keys.set(id, key);
      waits.set(key, first ?? { id, since: now() });
      return now() - (first?.since ?? now()) < patienceMs ? 'wait' : 'over';
    },
    leave({ id }) {
      const key = keys.get(id);
      keys.delete(id);
      if (key !== undefined) waits.delete(key);
    },
  };
}

const FIRST_MS = 20;
const LONGEST_MS = 2_000;

/** Counts how often in a row a document's bytes were others than those that were observed. */
export function restlessDocuments(
  patienceMs: number,
  now: () => number,
): {
  /** Milliseconds until it is looked at again; undefined: not this time. */
  again(document: string): number | undefined;
  settled(document: string): void;
} {
  const disturbed = new Map<string, { times: number; since: number }>();
  return {
    again(document) {
      const { times, since } = disturbed.get(document) ?? { times: 0, since: now() };
      disturbed.set(document, { times: times + 1, since });
      if (now() - since >= patienceMs) {
        disturbed.delete(document);
        return undefined;
      }
      return times === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(times, 10));
    },
    settled: (document) => void disturbed.delete(document),
  };
}
