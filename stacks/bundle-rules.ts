import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import type { ProgramName } from '#schemas/functions.ts';

/** As `stacks/configuration.ts` finds the settings. */
const FILES = ['sluice.config.ts', 'sluice.config.mjs', 'sluice.config.js'];
/** The stages whose functions run the user's rules. */
const JUDGES: readonly ProgramName[] = ['assess', 'fuse'];

/** Puts the user's rules into a function that judges: their functions travel in its code, their names in the configuration. */
export function withOwnRules(name: ProgramName, root: string): Plugin[] {
  const file = FILES.map((one) => path.join(root, one)).find((one) => existsSync(one));
  if (!JUDGES.includes(name) || file === undefined) return [];
  const contents = [
    `import config from ${JSON.stringify(file)};`,
    `import { Config } from ${JSON.stringify(path.join(import.meta.dirname, '../schemas/config.ts'))};`,
    'export const ownRules = Config.parse(config);',
  ].join('\n');
  const makers = path.join(import.meta.dirname, '../schemas/define.ts');
  return [
    {
      name: 'own-rules',
      setup(builder) {
        builder.onLoad({ filter: /adapters\/aws\/own-rules\.ts$/ }, () => ({ contents, loader: 'ts', resolveDir: path.dirname(file) }));
        // The library would bring all of Sluice; a configuration needs what makes one.
        builder.onResolve({ filter: /^sluice$|apps\/cli\/library\.ts$/ }, () => ({ path: makers }));
      },
    },
  ];
}
