import { stageHandler } from '#adapters/aws/lambda/stage-handler.ts';
import { ecsTasksOf } from '#adapters/aws/tasks/ecs-tasks.ts';
import { runTask } from '#core/stages/run-task.ts';

export const handler = stageHandler(runTask, { tasks: ecsTasksOf });
