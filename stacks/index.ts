import { CATALOGUE, DETOKENISE } from '#schemas/functions.ts';
import { createAccessWatch } from './access/index.ts';
import { createApi } from './api.ts';
import { createBus } from './bus.ts';
import { connectCatalogue, createCatalogue } from './catalogue.ts';
import { readConfiguration } from './configuration.ts';
import { createEncryption } from './encryption.ts';
import { builtBundles } from './functions/bundles.ts';
import { createFunction, type Setting } from './functions/function.ts';
import { createOcrJobs } from './jobs.ts';
import { named, region } from './names.ts';
import { createNetwork } from './network.ts';
import { modelsOf } from './permissions/models.ts';
import { connectQueues, createAllQueues, createStages } from './pipeline/index.ts';
import { createRollout } from './rollout.ts';
import { createStore } from './store/index.ts';
import { createSweep } from './sweep.ts';
import { createTask } from './task/index.ts';
import { createWatching } from './watching/index.ts';

/** Creates a stage of the pipeline; what it answers is printed after a deployment. */
export async function deploy() {
  const config = await readConfiguration($cli.paths.root);
  const { deploy: options } = config;
  const bundles = builtBundles();
  const encryption = createEncryption(options);
  const network = createNetwork(config);
  const store = createStore(config, encryption);
  const bus = createBus(store, encryption);
  const ocr = createOcrJobs(encryption);
  const queues = createAllQueues(encryption, config);
  connectQueues(queues, { bus, inbox: store.inbox, config }, ocr);

  const catalogue = createCatalogue(config, store.inbox, encryption);
  const reach = { ...store, bus, queues, ocr, models: modelsOf(config), encryption, ...(catalogue && { catalogue }) };
  const task = network.tasks && createTask({ reach, network: network.tasks, bundles, encryption });
  const setting: Setting = {
    reach: task ? { ...reach, task } : reach,
    network,
    bundles,
    logDays: options.logDays,
    gradual: options.gradualRollout ?? ['staging', 'production'].includes($app.stage),
  };
  const stages = createStages(queues, config, (stage) => createFunction(stage, setting));
  const [sweep, apiFunction] = [createFunction('sweep', setting), createFunction('api', setting)];
  createSweep(sweep);
  const detokenising = store.vault && createFunction(DETOKENISE, setting);
  const api = createApi(apiFunction, detokenising, options);
  const judging = catalogue && createFunction(CATALOGUE, setting);
  if (judging) connectCatalogue(catalogue, judging);
  const functions = [...stages, sweep, apiFunction, ...[detokenising, judging].filter((made) => made !== undefined)];
  const { topic } = createWatching({
    functions: functions.map(({ name }) => name),
    email: options.alarmEmail,
    every: options.alarmOnEveryPart ?? $app.stage === 'production',
    encryption,
  });
  createAccessWatch({ store, encryption, topic, options });
  const rollout = setting.gradual ? { rollout: createRollout(functions, topic) } : {};
  const dashboard = $interpolate`https://${region}.console.aws.amazonaws.com/cloudwatch/home?region=${region}#dashboards/dashboard/${named()}`;
  return { inbox: store.inbox.name, api, region, stage: $app.stage, dashboard, ...rollout };
}
