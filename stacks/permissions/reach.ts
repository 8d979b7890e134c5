import type { StageName } from '#schemas/routes.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Encryption } from '../encryption.ts';
import type { OcrJobs } from '../jobs.ts';
import type { LaneQueues } from '../pipeline/queues.ts';
import type { Store } from '../store/index.ts';
import type { Task } from '../task/index.ts';
import type { Models } from './models.ts';

/** Everything that a function may be granted. */
export type Reach = Store & {
  bus: aws.cloudwatch.EventBus;
  queues: readonly (LaneQueues & { stage: StageName })[];
  models: Models;
  ocr: OcrJobs;
  /** Absent where no file is left to a task. */
  task?: Task;
  /** Absent where no source asks for it. */
  catalogue?: Catalogue;
  encryption: Encryption;
};
