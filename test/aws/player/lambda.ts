import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Resource } from '#stacks/synth/synthesise.ts';
import { ACCOUNT, type Aws } from '../aws.ts';
import type { Clients } from '../graph/clients.ts';
import { LambdaFunction, Mapping, Schedule } from '../graph/inputs.ts';
import type { Call } from '../proxy/call.ts';
import type { Outcome } from './container.ts';
import { type Poller, startPoller } from './poller.ts';
import { containerPool, type Pool } from './pool.ts';
import { slotsOf } from './slots.ts';
import { wakesOf } from './wakes.ts';

/** Invocations at once, and containers kept: as many as a test machine of two cores bears. */
const AT_ONCE = 6;
const CONTAINERS = 22;

/** Where a function is killed: after the n-th call that fits had its effect, before its answer is read. */
export type KillPoint = { function: string; service: string; operation: RegExp; nth?: number; fits?: (call: Call) => boolean };

/** A message that a queue gave to its function; one that came back is there again. */
export type Delivery = { queue: string; body: string };

export type Lambda = Pick<Pool, 'failures' | 'logs'> & {
  /** In the order in which they were given. */
  deliveries: Delivery[];
  invoke(name: string, event: unknown): Promise<Outcome>;
  /** Runs what a schedule of the graph runs, with the schedule's own input, at a later time for the function. */
  runSchedule(name: string, aheadMs?: number): Promise<Outcome>;
  /** Kills the function's container there, once; the answer says whether that has happened. */
  killAt(point: KillPoint): () => boolean;
  /** Ends idle containers, as a deployment does: the next ones read the configuration anew. */
  restart(): void;
  /** Resolves when no queue has a message, and nothing is in work. Dead letters do not count. */
  idle(withinMs?: number): Promise<void>;
  /** Messages of a queue, waiting, in work or delayed. */
  count(queue: string): Promise<number>;
  stop(): void;
};

type Options = { aws: Aws; graph: readonly Resource[]; clients: Clients; bundles: string };

/** Plays Lambda: polls the queues of the graph's mappings, and runs the built functions with their graph environment. */
export function startLambda({ aws, graph, clients, bundles }: Options): Lambda {
  const of = (type: string): Resource[] => graph.filter((resource) => resource.type === type);
  const functions = of('aws:lambda/function:Function').map(({ inputs }) => LambdaFunction.parse(inputs));
  const functionOf = (name: string): LambdaFunction => {
    const found = functions.find((one) => one.name === name || one.name.endsWith(`-${name}`));
    if (!found) throw new Error(`the graph has no function ${name}`);
    return found;
  };
  const scheduleOf = (name: string): Schedule['target'] => {
    const found = of('aws:scheduler/schedule:Schedule').find((one) => one.name === name);
    if (!found) throw new Error(`the graph has no schedule ${name}`);
    return Schedule.parse(found.inputs).target;
  };
  const pool = containerPool({
    folderOf: ({ code }) => `${bundles}/${code.archive.slice(code.archive.lastIndexOf('/') + 1)}`,
    environmentOf: (name) => aws.environment(name),
    most: CONTAINERS,
  });
  const slots = slotsOf(AT_ONCE);
  const waiting = new Set<() => void>();
  const onSettled = (): void => {
    for (const look of waiting) look();
  };
  const urlOf = (queue: string): string => `${aws.url}/${ACCOUNT}/${queue}`;
  const pollers = new Map<string, Poller>();
  const deliveries: Delivery[] = [];
  for (const mapping of of('aws:lambda/eventSourceMapping:EventSourceMapping').map(({ inputs }) => Mapping.parse(inputs))) {
    const name = mapping.functionName.split(':').find((part) => functions.some((one) => one.name === part)) ?? mapping.functionName;
    const queue = mapping.eventSourceArn.slice(mapping.eventSourceArn.lastIndexOf(':') + 1);
    const onDelivered = (bodies: readonly string[]): void => void deliveries.push(...bodies.map((body) => ({ queue, body })));
    const feeds = { mapping, of: functionOf(name), queueUrl: urlOf(queue) };
    pollers.set(queue, startPoller({ ...feeds, sqs: clients.sqs, pool, slots, onDelivered, onSettled }));
  }

  const wakes = wakesOf(graph);
  const unwatch = aws.watch((call) => {
    for (const { queue, afterMs } of wakes(call)) pollers.get(queue.slice(queue.lastIndexOf(':') + 1))?.wake(afterMs);
    return false;
  });

  const count = async (queue: string): Promise<number> => {
    const { Attributes = {} } = await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames: ['All'] }));
    return Object.entries(Attributes).reduce((sum, [name, value]) => sum + (name.startsWith('ApproximateNumberOf') ? Number(value) : 0), 0);
  };
  const isBusy = (): boolean => [...pollers.values()].some(({ busy }) => busy > 0);
  const counts = async (): Promise<[string, number][]> => {
    const all: [string, number][] = [];
    for (const queue of pollers.keys()) all.push([queue, await count(queue)]);
    return all.filter(([, messages]) => messages > 0);
  };

  return {
    failures: pool.failures,
    logs: pool.logs,
    deliveries,
    invoke: (name, event) => pool.invoke(functionOf(name), event),
    runSchedule(name, aheadMs) {
      const { arn, input } = scheduleOf(name);
      return pool.invoke(functionOf(arn.split(':').at(-2) ?? ''), JSON.parse(input), aheadMs);
    },
    count,
    killAt({ function: name, service, operation, nth = 1, fits = () => true }) {
      let seen = 0;
      const stop = aws.watch((call) => {
        const isMeant = call.caller.startsWith(`${functionOf(name).name}.`) && call.service === service && operation.test(call.operation);
        if (!isMeant || !fits(call) || ++seen !== nth) return false;
        pool.kill(call.caller);
        stop();
        return true;
      });
      return () => seen >= nth;
    },
    restart: () => pool.restart(),
    async idle(withinMs = 300_000) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        if (!isBusy()) {
          const left = await counts();
          if (left.length === 0 && !isBusy()) return;
        }
        if (Date.now() > deadline)
          throw new Error(`not idle within ${withinMs} ms: ${JSON.stringify(await counts())}, ${JSON.stringify(pool.failures.slice(-3))}`);
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          setTimeout(resolve, 250);
        });
        waiting.clear();
      }
    },
    stop() {
      unwatch();
      for (const poller of pollers.values()) poller.stop();
      pool.stop();
    },
  };
}
