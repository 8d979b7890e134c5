import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Resource } from './mocks.ts';

export type { Resource } from './mocks.ts';

const MAIN = path.join(import.meta.dirname, 'main.ts');
const MAX_BYTES = 64 * 1024 * 1024;

/** Which stage, and which `sluice.config.ts` (JSON here) instead of the folder's. */
export type Wanted = { stage?: string; config?: object };

/**
 * The resources that a deployment would create, with their inputs and what AWS would add. In a process of its own:
 * Pulumi's runtime is one for each process, and SST's changes the working folder.
 */
export async function synthesise({ stage = 'test', config }: Wanted = {}): Promise<Resource[]> {
  const given = config === undefined ? [] : ['--config', JSON.stringify(config)];
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--stage', stage, ...given], { maxBuffer: MAX_BYTES });
  return JSON.parse(stdout);
}
