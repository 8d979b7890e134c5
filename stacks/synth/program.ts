import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

export type App = { name: string; stage: string; removal: string; protect: boolean };

/** What SST's command line puts before each of the project's own modules. */
const globals = (platform: string): string => `import * as aws from "@pulumi/aws";\nimport * as sst from "${platform}/src/components";\n`;

/** CommonJS in the bundle finds its names. */
const BANNER = [
  'import { createRequire as r_ } from "node:module"; const require = r_(import.meta.url);',
  'import { fileURLToPath as f_ } from "node:url"; const __filename = f_(import.meta.url); const __dirname = f_(new URL(".", import.meta.url));',
].join(' ');

const ENTRY = (root: string, platform: string): string =>
  `import { run } from "${platform}/src/auto/run.ts"; import config from "${root}/sst.config.ts"; export default () => run(config.run); export const app = config.app;`;

/** Bundles `sst.config.ts` with SST's components into one module, as SST's command line does. */
export async function bundleProgram(root: string, platform: string, app: App, outfile: string): Promise<void> {
  const cli = {
    command: 'deploy',
    dev: false,
    paths: { home: path.join(root, '.sst'), root, work: path.join(root, '.sst'), platform },
    state: { version: {} },
  };
  await build({
    stdin: { contents: ENTRY(root, platform), resolveDir: root, sourcefile: 'program.ts', loader: 'ts' },
    banner: { js: BANNER },
    mainFields: ['module', 'main'],
    format: 'esm',
    platform: 'node',
    bundle: true,
    logLevel: 'error',
    outfile,
    nodePaths: [path.join(platform, 'node_modules')],
    inject: [path.join(platform, 'src/shim/run.js')],
    define: {
      $app: JSON.stringify({ ...app, home: 'aws', version: '4', providers: { aws: {} } }),
      $cli: JSON.stringify(cli),
      $dev: 'false',
    },
    external: ['@pulumi/*', 'undici', '@pulumiverse/*', '@aws-sdk/*', 'esbuild', 'archiver', 'glob', 'vite'],
    plugins: [
      {
        name: 'globals',
        setup: (builder) =>
          builder.onLoad({ filter: /\.(js|ts)$/ }, ({ path: file }) => {
            const own = !file.includes(`${path.sep}.sst${path.sep}`) && !file.includes('node_modules');
            return { contents: (own ? globals(platform) : '') + readFileSync(file, 'utf8'), loader: file.endsWith('ts') ? 'ts' : 'js' };
          }),
      },
    ],
  });
}
