import { type Lane, ROUTES, type StageName } from '#schemas/routes.ts';

export type LaneQueue = { stage: StageName; lane: Lane; url: string; deadUrl: string };

/** A lane's queue and its dead letters, the rules' own among them; `prefix` is what every queue's URL begins with. */
export const laneQueue = (prefix: string, stage: StageName, lane: Lane): LaneQueue => {
  const url = `${prefix}${stage}-${lane}`;
  return { stage, lane, url, deadUrl: `${url}-dlq` };
};

export const laneQueues = (prefix: string): LaneQueue[] =>
  ROUTES.flatMap(({ stage, lanes }) => lanes.map((lane) => laneQueue(prefix, stage, lane)));
