import type { StageName } from '#schemas/routes.ts';
import type { Encryption } from '../encryption.ts';
import type { LaneQueues } from '../pipeline/queues.ts';
import type { Store } from '../store/index.ts';
import type { Models } from './models.ts';

/** Everything that a function may be granted. */
export type Reach = Store & {
  bus: aws.cloudwatch.EventBus;
  queues: readonly (LaneQueues & { stage: StageName })[];
  models: Models;
  encryption: Encryption;
};
