import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, deployedConfig, type UserConfig } from '#schemas/config.ts';

const FILES = ['sluice.config.ts', 'sluice.config.mjs', 'sluice.config.js'];

/** `SLUICE_CONFIG` (JSON) takes the place of the file: for a pipeline's own settings, and for tests. */
async function readOwn(folder: string): Promise<UserConfig> {
  if (process.env.SLUICE_CONFIG !== undefined) return JSON.parse(process.env.SLUICE_CONFIG);
  const file = FILES.map((name) => path.join(folder, name)).find((name) => existsSync(name));
  if (file === undefined) return {};
  // A deployment is made from a checkout, where no `sluice` is built that a configuration could import.
  const makers = pathToFileURL(path.join(folder, 'schemas/define.ts')).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) => (specifier === 'sluice' ? { url: makers, shortCircuit: true } : next(specifier, context)),
  });
  try {
    return (await import(pathToFileURL(file).href)).default;
  } finally {
    hooks.deregister();
  }
}

/** Without tasks no file may be left to one. */
function withoutTasks({ extraction: { taskMb: _, ...extraction }, ...config }: Config): Config {
  return { ...config, extraction };
}

/** The user's configuration beside `sst.config.ts`, if there is one, with AWS's defaults below it. */
export async function readConfiguration(folder: string): Promise<Config> {
  const config = deployedConfig(await readOwn(folder));
  return config.deploy.tasks ? config : withoutTasks(config);
}
