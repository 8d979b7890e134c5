import type { BusEvent } from '#schemas/events/index.ts';
import type { StageName } from '#schemas/routes.ts';

/** A message that a consumer holds until it is acknowledged, given back, or its visibility time-out ends. */
export type Message = { id: number; stage: StageName; body: string; attempts: number };

/**
 * Durable queues, one for each stage that a route feeds. A message is acknowledged by the transaction that carries it
 * out; one that is neither acknowledged nor given back is due again when its visibility time-out ends.
 */
export type Bus = {
  /** One message for each route that an event takes; none, if no route takes it. All of them or none are stored. */
  publish(events: readonly BusEvent[]): Promise<void>;
  /**
   * Up to `most` messages that are due, the most urgent first, each counted as one attempt more. `batches`: of the
   * routes that take many at once, else of the others.
   */
  receive(most: number, visibleForMs: number, batches: boolean): Promise<Message[]>;
  /** Gives messages back, to be due after a time; `counted`: whether that was an attempt. */
  release(messages: readonly Message[], afterMs: number, counted: boolean): Promise<void>;
  /** Keeps messages that are still being worked on from being given to another. */
  extend(messages: readonly Message[], visibleForMs: number): Promise<void>;
  /** How many messages there are, and when (ms) the next is due; undefined when there are none. */
  pending(): Promise<{ count: number; nextAt: number | undefined }>;
};
