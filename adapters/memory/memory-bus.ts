import type { Bus, Message } from '#core/ports/bus.ts';
import { BATCH_PRIORITY, deliveriesOf, type IsUrgent } from '#core/routing.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { StageName } from '#schemas/routes.ts';
import { commit, type Store, type StoredMessage, type Write } from './store.ts';

/** The writes that put events into the queues of their stages, but for the stage that took one already. */
export function publishing(
  store: Store,
  events: readonly BusEvent[],
  taken: ReadonlyMap<BusEvent, StageName> = new Map(),
  isUrgent?: IsUrgent,
): Write {
  const messages = events.flatMap((event) => {
    const body = JSON.stringify(event);
    const deliveries = deliveriesOf(event, isUrgent).filter(({ stage }) => stage !== taken.get(event));
    return deliveries.map(({ stage, priority }) => ({ stage, priority, body, attempts: 0, visibleAt: 0, held: false }));
  });
  return (journal) => {
    for (const message of messages) {
      store.last += 1;
      journal.set(store.messages, store.last, { ...message, id: store.last });
    }
  };
}

export const acknowledging =
  ({ messages }: Store, done: readonly Message[]): Write =>
  (journal) => {
    for (const { id } of done) journal.delete(messages, id);
  };

/** A dead letter keeps the message and what went wrong; nothing is lost. */
export const burying =
  (store: Store, message: Message, code: string, error: string, at: number): Write =>
  (journal) => {
    journal.set(store.deadLetters, message.id, { ...message, code, error, at });
    journal.delete(store.messages, message.id);
  };

/** Opening it over a store that was in use voids the leases that were held: whoever held them is gone. */
export function memoryBus(store: Store, now: () => number, isUrgent?: IsUrgent): Bus {
  for (const message of store.messages.values())
    if (message.held) store.messages.set(message.id, { ...message, held: false, visibleAt: 0 });
  const change = (messages: readonly Message[], by: (stored: StoredMessage) => Partial<StoredMessage>): void => {
    for (const { id } of messages) {
      const stored = store.messages.get(id);
      if (stored) store.messages.set(id, { ...stored, ...by(stored) });
    }
  };
  return {
    publish: async (events) => commit([publishing(store, events, new Map(), isUrgent)]),
    async receive(most, visibleForMs, batches) {
      const at = now();
      const due = [...store.messages.values()]
        .filter(({ visibleAt, priority }) => visibleAt <= at && (priority === BATCH_PRIORITY) === batches)
        .sort((a, b) => a.priority - b.priority || a.id - b.id)
        .slice(0, most);
      return due.map((message) => {
        const { id, stage, body, attempts } = message;
        store.messages.set(id, { ...message, attempts: attempts + 1, visibleAt: at + visibleForMs, held: true });
        return { id, stage, body, attempts: attempts + 1 };
      });
    },
    async release(messages, afterMs, counted) {
      change(messages, ({ attempts }) => ({ held: false, visibleAt: now() + afterMs, attempts: attempts - (counted ? 0 : 1) }));
    },
    async extend(messages, visibleForMs) {
      change(messages, () => ({ visibleAt: now() + visibleForMs }));
    },
    async pending() {
      const times = [...store.messages.values()].map(({ visibleAt }) => visibleAt);
      return { count: times.length, nextAt: times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)) };
    },
  };
}
