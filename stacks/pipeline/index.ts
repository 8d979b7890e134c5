import type { Config } from '#schemas/config.ts';
import { type Lane, ROUTES, type Route, type StageName } from '#schemas/routes.ts';
import type { Encryption } from '../encryption.ts';
import type { DeployedFunction } from '../functions/function.ts';
import type { OcrJobs } from '../jobs.ts';
import { createMapping } from './mappings.ts';
import { createQueues, type LaneQueues } from './queues.ts';
import { createRules, type RuleSource } from './rules.ts';

/** The routes of a stage: without tasks nothing waits for one. */
const routesOf = ({ extraction }: Config): Route[] => ROUTES.filter(({ stage }) => stage !== 'run-task' || extraction.taskMb !== undefined);

export type RouteQueues = LaneQueues & { stage: StageName };

/** The queues of all routes, each with its dead letters. */
export const createAllQueues = (encryption: Encryption, config: Config): RouteQueues[] =>
  routesOf(config).flatMap((route) =>
    route.lanes.map((lane) => ({ stage: route.stage, ...createQueues(route, lane, encryption, config.bus.attempts) })),
  );

const lanesOf = (queues: readonly RouteQueues[], wanted: StageName) => queues.filter(({ stage }) => stage === wanted);

/** What feeds the queues: rules, and the topic of the one service that tells its end by no event. */
export function connectQueues(queues: readonly RouteQueues[], source: RuleSource, { topic }: OcrJobs): void {
  for (const route of routesOf(source.config)) {
    for (const own of lanesOf(queues, route.stage)) createRules(route, own, source, route.byTopic ? [topic] : []);
  }
}

/** A queue costs about 0.26 USD a month to poll, whether anything comes or not: the urgent lane of nobody is not. */
const isPolled = (lane: Lane, { deploy, sources }: Config): boolean =>
  !deploy.paused && (lane === 'bulk' || sources.some(({ priority }) => priority === 'urgent'));

/** The functions of all stages, fed by their queues. */
export function createStages(
  queues: readonly RouteQueues[],
  config: Config,
  create: (stage: StageName) => DeployedFunction,
): DeployedFunction[] {
  return routesOf(config).map(({ stage }) => {
    const deployed = create(stage);
    for (const own of lanesOf(queues, stage)) createMapping(stage, deployed, own, isPolled(own.lane, config));
    return deployed;
  });
}
