import { setTimeout } from 'node:timers/promises';
import { type CallService, serviceCaller } from '#core/resilience/service.ts';
import type { AwsContext } from '../context.ts';
import { dynamoSharedRows } from '../dynamo/dynamo-shared-rows.ts';

const callers = new WeakMap<AwsContext, CallService>();

/** One for each container, so that all its calls share what it leased and knows of circuits. */
export function callServiceOf(context: AwsContext): CallService {
  const known = callers.get(context);
  if (known) return known;
  const { clock, metrics, environment } = context;
  const caller = serviceCaller({
    clock,
    metrics,
    random: Math.random,
    wait: async (ms) => void (await setTimeout(ms)),
    rows: dynamoSharedRows(environment.of('limits')),
  });
  callers.set(context, caller);
  return caller;
}

/** The region that the function runs in, as Lambda says it. */
export function homeRegion(): string {
  const region = process.env.AWS_REGION;
  if (region === undefined || region === '') throw new Error('the environment lacks AWS_REGION');
  return region;
}
