import { z } from 'zod';
import type { Deployment } from '#test/aws/deployment.ts';

const Event = z.looseObject({
  id: z.string(),
  'detail-type': z.string(),
  detail: z.looseObject({ document: z.string().optional(), object: z.looseObject({ key: z.string() }).optional() }),
});
/** An event and the lane's queue that gave it to a stage; `measure`'s only where no other stage takes it. */
type Handed = { queue: string; event: z.infer<typeof Event> };

/** What was handed on about a document, each event once. */
export function eventsOf({ lambda, queue: nameOf }: Deployment, document: string, key: string): Handed[] {
  const prefix = nameOf('');
  const all = lambda.deliveries.map(({ queue, body }) => ({ queue: queue.slice(prefix.length), event: Event.parse(JSON.parse(body)) }));
  const ours = all.filter(({ event: { detail } }) => detail.document === document || detail.object?.key === key);
  const [measured, worked] = [true, false].map((wanted) => ours.filter(({ queue }) => queue.startsWith('measure') === wanted));
  const once = new Map<string, Handed>();
  for (const handed of [...(worked ?? []), ...(measured ?? [])]) if (!once.has(handed.event.id)) once.set(handed.event.id, handed);
  return [...once.values()];
}

const LINE = /^([a-z-]+) +(\{.+\})$/gm;

/** The lines of a page that show a queue and the event that it gave. */
export const shownEvents = (page: string): Handed[] =>
  [...page.matchAll(LINE)].map(([, queue = '', json = '']) => ({ queue, event: Event.parse(JSON.parse(json)) }));

/** The names and kinds of an event's fields: its values differ by run. */
const kindOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(kindOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, kindOf(field)]));
};

export const formOf = ({ queue, event }: Handed) => ({ queue, type: event['detail-type'], fields: kindOf(event) });
