import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, deployedConfig, type UserConfig } from '#schemas/config.ts';

const FILES = ['sluice.config.ts', 'sluice.config.mjs', 'sluice.config.js'];

/** `SLUICE_CONFIG` (JSON) takes the place of the file: for a pipeline's own settings, and for tests. */
async function readOwn(folder: string): Promise<UserConfig> {
  if (process.env.SLUICE_CONFIG !== undefined) return JSON.parse(process.env.SLUICE_CONFIG);
  const file = FILES.map((name) => path.join(folder, name)).find((name) => existsSync(name));
  return file === undefined ? {} : (await import(pathToFileURL(file).href)).default;
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
