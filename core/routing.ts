import type { BusEvent } from '#schemas/events/index.ts';
import { type Lane, ROUTES, type Route, type StageName } from '#schemas/routes.ts';
import { compilePattern } from './event-pattern.ts';

const matchers = ROUTES.map((route) => ({ route, matches: route.on.map((pattern) => compilePattern(pattern)) }));

/** The routes of `schemas/routes.ts` that an event takes. */
export const routesOf = (event: BusEvent): Route[] =>
  matchers.filter(({ matches }) => matches.some((match) => match(event))).map(({ route }) => route);

/** What only records, many messages at once, waits behind everything else. */
export const BATCH_PRIORITY = 1_000;

const laneOf = (event: BusEvent): Lane => (event.source === 'sluice' ? event.detail.lane : 'bulk');

/** Lower goes first: urgent before bulk, and what is further along before what has not begun, so that documents end. */
function priorityOf(route: Route, lane: Lane): number {
  if (route.batch !== undefined) return BATCH_PRIORITY;
  return (lane === 'urgent' ? 0 : 100) + ROUTES.length - ROUTES.indexOf(route);
}

/** The queues that an event goes to where one process serves them all, and how urgent it is in each. */
export const deliveriesOf = (event: BusEvent): { stage: StageName; priority: number }[] =>
  routesOf(event).map((route) => ({ stage: route.stage, priority: priorityOf(route, laneOf(event)) }));
