import { setTimeout } from 'node:timers/promises';
import { spendsNoAttempt } from '#core/errors.ts';
import { retryingConflicts, runStage } from '#core/runtime.ts';
import type { Stage } from '#core/stage.ts';
import { type BusEvent, readEvent } from '#schemas/events/index.ts';
import { TASK } from '#schemas/functions.ts';
import type { Makers } from '../context.ts';
import { backoffMs, bury } from '../lambda/dispositions.ts';
import { laneQueue } from '../messaging/queue-names.ts';
import { type AwsWorld, openWorld } from '../world.ts';
import { TASK_EVENT } from './ecs-tasks.ts';

/** A redriven message has to find its work undone. */
async function forget(event: BusEvent, world: AwsWorld): Promise<void> {
  if (event.source !== 'sluice') return;
  const { document, generation } = event.detail;
  await retryingConflicts(async () => {
    const { ports, commit } = world.begin();
    await ports.ledger.forgetSteps(document, generation);
    await commit({ events: [] });
  });
}

/** Runs a stage on an event until it is done, or its attempts are used up and it is a dead letter of what started the task. */
async function work(stage: Stage, event: BusEvent, body: string, world: AwsWorld): Promise<void> {
  const { config, environment, log, clock } = world.context;
  const began = clock.now();
  for (let attempts = 1; ; attempts++) {
    const disposition = await runStage(stage, event, () => world.begin());
    if (disposition.kind === 'done') {
      log.tell({ stage: stage.name, outcome: 'done', event, attempts, ms: clock.now() - began, emitted: disposition.events });
      return;
    }
    const { error } = disposition;
    const isWaiting = spendsNoAttempt(error);
    if (disposition.kind === 'dead' || (!isWaiting && attempts >= config.bus.attempts)) {
      const lane = event.source === 'sluice' ? event.detail.lane : 'bulk';
      const { url } = laneQueue(environment.of('queues'), 'run-task', lane);
      await forget(event, world);
      await bury(stage, { id: event.id, body, receipt: '', attempts, url, event }, error, world);
      log.tell({ stage: stage.name, outcome: 'dead', event, attempts, ms: clock.now() - began, error });
      return;
    }
    await setTimeout(disposition.afterMs ?? backoffMs(config.bus.backoffMs, attempts));
    if (isWaiting) attempts--;
  }
}

/** What a task does with the event that it was started with; `stages` are those that tasks run, by modality. */
export async function runEvent(stages: Record<string, Stage>, makers: Makers, variables: NodeJS.ProcessEnv): Promise<void> {
  const body = variables[TASK_EVENT] ?? '';
  const event = readEvent(body);
  if (event instanceof Error) throw new Error(`a task was started without an event in ${TASK_EVENT}`, { cause: event });
  const stage = event['detail-type'] === 'document.validated' ? stages[event.detail.modality] : undefined;
  if (!stage) throw new Error(`no task works on ${event['detail-type']}`);
  const world = await openWorld(TASK, makers, variables);
  try {
    await work(stage, event, body, world);
  } finally {
    world.context.metrics.flush();
  }
}
