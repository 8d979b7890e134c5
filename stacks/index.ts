import { ROUTES } from '#schemas/routes.ts';
import { createBus } from './bus.ts';
import { readConfiguration } from './configuration.ts';
import { createEncryption } from './encryption.ts';
import { createFunction, type Setting } from './functions/function.ts';
import { region } from './names.ts';
import { createNetwork } from './network.ts';
import { modelsOf } from './permissions/models.ts';
import { createMapping } from './pipeline/mappings.ts';
import { createQueues } from './pipeline/queues.ts';
import { createRules } from './pipeline/rules.ts';
import { createStore } from './store/index.ts';

/** Creates a stage of the pipeline; what it answers is printed after a deployment. */
export async function deploy() {
  const config = await readConfiguration($cli.paths.root);
  const options = config.deploy;
  const encryption = createEncryption(options);
  const store = createStore(config, encryption);
  const bus = createBus(store, encryption);
  const queues = ROUTES.flatMap((route) =>
    route.lanes.map((lane) => ({ route, stage: route.stage, ...createQueues(route, lane, encryption, config.bus.attempts) })),
  );
  const setting: Setting = {
    reach: { ...store, bus, queues, models: modelsOf(config), encryption },
    network: createNetwork(options),
    bundles: '.sst/functions',
    logDays: options.logDays,
    gradual: options.gradualRollout ?? ['staging', 'production'].includes($app.stage),
  };
  for (const lane of queues) createRules(lane.route, lane, { bus, inbox: store.inbox, config });
  for (const { stage, lanes } of ROUTES) {
    const deployed = createFunction(stage, setting);
    for (const own of queues.filter((queue) => queue.stage === stage && lanes.includes(queue.lane))) createMapping(stage, deployed, own);
  }
  return { inbox: store.inbox.name, region, stage: $app.stage };
}
