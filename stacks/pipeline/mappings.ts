import type { StageName } from '#schemas/routes.ts';
import type { DeployedFunction } from '../functions/function.ts';
import { SIZING } from '../sizing.ts';
import type { LaneQueues } from './queues.ts';

/** Feeds a lane's messages to the stage. A call that fails for some messages gives back only these. */
export function createMapping(stage: StageName, { alias }: DeployedFunction, { lane, queue }: LaneQueues, enabled: boolean): void {
  const { batch = 1, windowSeconds, concurrency } = SIZING[stage];
  if (!concurrency) throw new Error(`${stage} is fed by queues: stacks/sizing.ts has to say how many calls at once`);
  new aws.lambda.EventSourceMapping(`${stage}-${lane}`, {
    eventSourceArn: queue.arn,
    functionName: alias.arn,
    enabled,
    batchSize: batch,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: concurrency[lane] },
    ...(windowSeconds !== undefined && { maximumBatchingWindowInSeconds: windowSeconds }),
  });
}
