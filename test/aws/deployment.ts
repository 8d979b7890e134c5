import path from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { UserConfig } from '#schemas/config.ts';
import type { SearchResult } from '#schemas/records/search.ts';
import { type Resource, synthesise } from '#stacks/synth/synthesise.ts';
import { type Aws, startAws } from './aws.ts';
import type { Clients } from './graph/clients.ts';
import { clientsOf, createResources } from './graph/create.ts';
import { LambdaFunction } from './graph/inputs.ts';
import { fargate } from './player/fargate.ts';
import { callApi } from './player/gateway.ts';
import { type Lambda, startLambda } from './player/lambda.ts';
import { HARNESS } from './proxy/proxy.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A pipeline as `npx sst deploy` would make it, in an account of its own. */
export type Deployment = {
  aws: Aws;
  clients: Clients;
  lambda: Lambda;
  graph: readonly Resource[];
  /** What the graph tells every function that has it. */
  variable(name: string): string;
  /** Puts an object into the inbox. */
  put(key: string, body: string | Uint8Array): Promise<void>;
  remove(key: string): Promise<void>;
  idle(withinMs?: number): Promise<void>;
  api<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
  search(query: string): Promise<SearchResult>;
  /** Name of the queue of a stage's lane. */
  queue(name: string): string;
  stop(): Promise<void>;
};

/** Clients of the SDK read where AWS is from the environment; a test file has one account at a time. */
function reach(aws: Aws): void {
  Object.assign(process.env, aws.environment(HARNESS));
}

/** Functions as the test run bundled them for itself; outside of one, as `npm run bundle` left them. */
const BUNDLES = process.env.SLUICE_TEST_FUNCTIONS ?? path.join(ROOT, '.sst/functions');

export async function deploy({ config = {}, bundles = BUNDLES }: { config?: UserConfig; bundles?: string } = {}) {
  const [aws, graph] = await Promise.all([startAws(), synthesise({ config })]);
  reach(aws);
  const clients = clientsOf();
  await createResources(graph, clients);
  aws.runTasksWith(fargate(graph, aws, bundles));
  const lambda = startLambda({ aws, graph, clients, bundles });
  const variables = Object.assign(
    {},
    ...graph.flatMap(({ type, inputs }) =>
      type === 'aws:lambda/function:Function' ? [LambdaFunction.parse(inputs).environment.variables] : [],
    ),
  ) as Record<string, string>;
  const variable = (name: string): string => {
    const value = variables[name];
    if (value === undefined) throw new Error(`no function of the graph has ${name}`);
    return value;
  };
  const Bucket = variable('SLUICE_INBOX_BUCKET');
  const deployment: Deployment = {
    aws,
    clients,
    lambda,
    graph,
    variable,
    put: async (Key, Body) => void (await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }))),
    remove: async (Key) => void (await clients.s3.send(new DeleteObjectCommand({ Bucket, Key }))),
    idle: (withinMs) => lambda.idle(withinMs),
    async api(method, where, body) {
      const answer = await callApi(lambda, method, where, body && JSON.stringify(body));
      if (answer.statusCode !== 200) {
        const [last] = lambda.failures.slice(-1);
        throw new Error(`${method} ${where}: ${answer.statusCode} ${answer.body}${last ? `; ${last.function}: ${last.message}` : ''}`);
      }
      return JSON.parse(answer.body);
    },
    search: (query) => deployment.api('GET', `/api/search?${new URLSearchParams({ q: query })}`),
    queue: (name) => `${path.posix.basename(variable('SLUICE_QUEUE_PREFIX'))}${name}`,
    async stop() {
      lambda.stop();
      await aws.stop();
    },
  };
  return deployment;
}
