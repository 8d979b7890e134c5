import { DescribeTasksCommand, ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { SluiceError } from '#core/errors.ts';
import type { Tasks } from '#core/ports/tasks.ts';
import type { SluiceEvent } from '#schemas/events/index.ts';
import { TaskPlace } from '#schemas/functions.ts';
import { clientOptions } from '../client-options.ts';
import type { AwsContext } from '../context.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';

const client = once(() => new ECSClient(clientOptions()));

/** The variable of a task that holds what it is to work on. */
export const TASK_EVENT = 'SLUICE_EVENT';

/** Fargate tasks, one for each document. */
export const ecsTasks = (place: TaskPlace, now: () => number): Tasks => ({
  async start({ token, detail }) {
    const time = new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');
    const event: SluiceEvent<'document.validated'> = {
      ...{ version: '0', id: token, source: 'sluice', account: '', region: '', time, resources: [] },
      'detail-type': 'document.validated',
      detail,
    };
    const { cluster, taskDefinition, container, subnets, securityGroups, assignPublicIp } = place;
    const { tasks = [], failures = [] } = await calling('starting a task', () =>
      client().send(
        new RunTaskCommand({
          cluster,
          taskDefinition,
          launchType: 'FARGATE',
          clientToken: token,
          startedBy: token,
          networkConfiguration: {
            awsvpcConfiguration: { subnets, securityGroups, assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED' },
          },
          overrides: { containerOverrides: [{ name: container, environment: [{ name: TASK_EVENT, value: JSON.stringify(event) }] }] },
        }),
      ),
    );
    const arn = tasks[0]?.taskArn;
    if (arn === undefined) throw new SluiceError('unavailable', `starting a task: ${failures[0]?.reason ?? 'none was started'}`);
    return arn;
  },
  async state(task) {
    const { tasks = [] } = await calling('looking at a task', () =>
      client().send(new DescribeTasksCommand({ cluster: place.cluster, tasks: [task] })),
    );
    const [found] = tasks;
    // ECS forgets a task an hour after its end; one that ended well has handed its document on long before.
    if (!found) return { state: 'lost', reason: 'the task is not known' };
    if (found.lastStatus !== 'STOPPED') return { state: 'running' };
    if (found.containers?.every(({ exitCode }) => exitCode === 0)) return { state: 'done', value: undefined };
    return { state: 'lost', reason: found.stoppedReason ?? 'it ended with an error' };
  },
});

/** The tasks of the function that starts them. */
export const ecsTasksOf = ({ environment, clock }: AwsContext): Tasks =>
  ecsTasks(TaskPlace.parse(JSON.parse(environment.of('task'))), clock.now);
