import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type OwnService, operation } from './service.ts';

/** Runs a container with an environment until it ends; answers its exit code. */
export type RunContainer = (name: string, environment: Record<string, string>) => Promise<number>;

const Run = z.object({
  cluster: z.string(),
  taskDefinition: z.string(),
  clientToken: z.string().optional(),
  overrides: z.object({
    containerOverrides: z.array(z.object({ name: z.string(), environment: z.array(z.object({ name: z.string(), value: z.string() })) })),
  }),
});
type Task = { arn: string; cluster: string; taskDefinition: string; container: string; exitCode: number | undefined };

/** Fargate: moto knows tasks, and runs none. Who knows the containers says how they run. */
export function ecs(accountId: string, region: string): { service: OwnService; runWith(run: RunContainer): void } {
  const tasks = new Map<string, Task>();
  const byToken = new Map<string, Task>();
  let run: RunContainer = () => Promise.reject(new Error('nothing runs tasks here'));

  const described = ({ arn, cluster, taskDefinition, container, exitCode }: Task) => ({
    taskArn: arn,
    clusterArn: cluster,
    taskDefinitionArn: taskDefinition,
    lastStatus: exitCode === undefined ? 'RUNNING' : 'STOPPED',
    ...(exitCode !== undefined && { stoppedReason: 'Essential container in task exited' }),
    containers: [{ name: container, ...(exitCode !== undefined && { exitCode }) }],
  });
  const begin = ({ cluster, taskDefinition, overrides, clientToken = '' }: z.infer<typeof Run>): Task => {
    const [{ name = '', environment = [] } = {}] = overrides.containerOverrides;
    const arn = `arn:aws:ecs:${region}:${accountId}:task/${cluster.slice(cluster.lastIndexOf('/') + 1)}/${randomUUID().replaceAll('-', '')}`;
    const task: Task = { arn, cluster, taskDefinition, container: name, exitCode: undefined };
    tasks.set(arn, task);
    byToken.set(clientToken, task);
    void run(name, Object.fromEntries(environment.map((one) => [one.name, one.value]))).then(
      (exitCode) => Object.assign(task, { exitCode }),
      () => Object.assign(task, { exitCode: 1 }),
    );
    return task;
  };
  const service: OwnService = {
    name: 'ecs',
    signedAs: 'ecs',
    invalid: 'InvalidParameterException',
    operations: {
      /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html */
      RunTask: operation(Run, (input) => ({ tasks: [described(byToken.get(input.clientToken ?? '') ?? begin(input))], failures: [] })),
      DescribeTasks: operation(z.object({ tasks: z.array(z.string()) }), ({ tasks: asked }) => ({
        tasks: asked.flatMap((arn) => tasks.get(arn) ?? []).map(described),
        failures: asked.filter((arn) => !tasks.has(arn)).map((arn) => ({ arn, reason: 'MISSING' })),
      })),
    },
  };
  return {
    service,
    runWith(how) {
      run = how;
    },
  };
}
