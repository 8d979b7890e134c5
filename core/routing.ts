import type { Config } from '#schemas/config.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { type Lane, ROUTES, type Route, type StageName } from '#schemas/routes.ts';
import { compilePattern } from './event-pattern.ts';

type Matcher = { route: Route; types: readonly unknown[] | undefined; match: (event: unknown) => boolean };

const matchers: Matcher[] = ROUTES.flatMap((route) =>
  [...route.on, ...(route.byTopic ?? [])].map((pattern) => {
    const types = pattern['detail-type'];
    return { route, types: Array.isArray(types) ? types : undefined, match: compilePattern(pattern) };
  }),
);

/** Patterns that an event of this type may match; the others name other types, and need not be tried. */
const ofType = new Map<string, Matcher[]>();

function candidates(type: string): Matcher[] {
  const known =
    ofType.get(type) ?? matchers.filter(({ types }) => types === undefined || types.some((one) => one === type || typeof one !== 'string'));
  ofType.set(type, known);
  return known;
}

/** The routes of `schemas/routes.ts` that an event takes. */
export const routesOf = (event: BusEvent): Route[] => [
  ...new Set(candidates(event['detail-type']).flatMap(({ route, match }) => (match(event) ? [route] : []))),
];

/** The stage of the one route that an event takes beside those that only record. */
export function successorOf(event: BusEvent): StageName | undefined {
  const [only, another] = routesOf(event).filter(({ batch }) => batch === undefined);
  return another === undefined ? only?.stage : undefined;
}

/** What only records, many messages at once, waits behind everything else. */
export const BATCH_PRIORITY = 1_000;

/** Whether a source's documents overtake others; an event of the source itself says nothing of that. */
export type IsUrgent = (source: string) => boolean;

function laneOf(event: BusEvent, isUrgent: IsUrgent): Lane {
  if (event.source === 'sluice') return event.detail.lane;
  return event.source === 'aws.s3' && isUrgent(event.detail.bucket.name) ? 'urgent' : 'bulk';
}

/** Lower goes first: urgent before bulk, and what is further along before what has not begun, so that documents end. */
function priorityOf(route: Route, lane: Lane): number {
  if (route.batch !== undefined) return BATCH_PRIORITY;
  return (lane === 'urgent' ? 0 : 100) + ROUTES.length - ROUTES.indexOf(route);
}

/** The queues that an event goes to where one process serves them all, and how urgent it is in each. */
export const deliveriesOf = (event: BusEvent, isUrgent: IsUrgent = () => false): { stage: StageName; priority: number }[] =>
  routesOf(event).map((route) => ({ stage: route.stage, priority: priorityOf(route, laneOf(event, isUrgent)) }));

export const urgencyOf =
  ({ sources }: Pick<Config, 'sources'>): IsUrgent =>
  (source) =>
    sources.some(({ name, priority }) => name === source && priority === 'urgent');
