import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * SST's platform (its components, Pulumi and the AWS provider's types), about 300 MB from the npm registry. A deployment
 * installs it by itself; whoever only looks at the graph needs it too. Answers its folder.
 */
export function installPlatform(root: string): string {
  const platform = path.join(root, '.sst/platform');
  if (existsSync(path.join(platform, 'node_modules/@pulumi/aws/package.json'))) return platform;
  console.error('installing the SST platform into .sst/platform, once: half a minute');
  const sst = path.join(root, 'node_modules/sst/bin/sst.mjs');
  execFileSync(process.execPath, [sst, 'install', '--stage', 'test'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, SST_SKIP_DEPENDENCY_CHECK: '1', SST_NO_BUN: '1', SST_TELEMETRY_DISABLED: '1' },
  });
  return platform;
}

if (import.meta.main) installPlatform(process.cwd());
