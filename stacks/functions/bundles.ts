import { execFileSync } from 'node:child_process';
import path from 'node:path';

/**
 * The folder with the functions' code. `SLUICE_BUNDLES` names one that was built, and tested, before: a pipeline deploys
 * the same bytes to every stage. Else they are built now, by the command that the tests use too.
 */
export function builtBundles(): string {
  if (process.env.SLUICE_BUNDLES !== undefined) return process.env.SLUICE_BUNDLES;
  execFileSync(process.execPath, [path.join($cli.paths.root, 'stacks/bundle.ts')], { cwd: $cli.paths.root, stdio: ['ignore', 2, 2] });
  return '.sst/functions';
}
