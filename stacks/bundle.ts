// Bundles the functions, each into a folder of its own: npm run bundle -- [name ...]
import { copyFileSync, globSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { bundleParsers, withoutParsers } from './bundle-parsers.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Where a deployment takes the functions from. */
export const BUNDLES = '.sst/functions';

/** CommonJS parts of the SDK ask for their modules at run time. */
const BANNER =
  "import { createRequire as topLevelCreateRequire } from 'node:module'; const require = topLevelCreateRequire(import.meta.url);";

/** zod's error messages in fifty languages; what it says of our own settings and events is read in English. */
const zodInEnglish: Plugin = {
  name: 'zod-in-english',
  setup: (builder) =>
    builder.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    })),
};

/** Lambda gives a function its credentials in the environment: the SDK's ways through files, browsers and metadata are dead weight. */
const FROM_ENVIRONMENT = '@aws-sdk/credential-provider-env';
const credentialsOfLambda: Plugin = {
  name: 'credentials-of-lambda',
  setup: (builder) =>
    builder.onLoad({ filter: /@aws-sdk\/credential-provider-node\/[^/]+\/index\.js$/ }, () => ({
      contents: `export { fromEnv as defaultProvider } from '${FROM_ENVIRONMENT}';`,
      loader: 'js',
    })),
};

export type Bundle = { name: string; folder: string; metafile: Metafile };

/** Names of the functions, by the files of `functions/`. */
export const functionNames = (): string[] =>
  globSync('functions/*.ts', { cwd: ROOT })
    .map((file) => path.basename(file, '.ts'))
    .sort();

/**
 * One function as `<outdir>/<name>/index.mjs`, with nothing but what it imports. Its source map lies beside the folder:
 * it is for reading a stack, and is not deployed.
 */
export async function bundleFunction(name: string, outdir: string = path.join(ROOT, BUNDLES)): Promise<Bundle> {
  const folder = path.join(outdir, name);
  // Emptied, not removed: a graph may be synthesised meanwhile, which needs the folder.
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) rmSync(path.join(folder, file), { recursive: true });
  const options = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // The SDK's ES modules before its CommonJS ones, which nothing can be left out of.
    conditions: ['module', 'node', 'import'],
    banner: { js: BANNER },
    legalComments: 'none',
    metafile: true,
    plugins: name === 'task' ? [zodInEnglish] : [zodInEnglish, credentialsOfLambda],
    logLevel: 'error',
  } as const satisfies BuildOptions;
  const { metafile } = await build({
    ...options,
    entryPoints: [path.join(ROOT, 'functions', `${name}.ts`)],
    outfile: path.join(folder, 'index.mjs'),
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [...options.plugins, withoutParsers],
  });
  renameSync(path.join(folder, 'index.mjs.map'), path.join(outdir, `${name}.map`));
  if (name === 'task') copyFileSync(path.join(ROOT, 'stacks/task/Dockerfile'), path.join(folder, 'Dockerfile'));
  const parsers = await bundleParsers(name, folder, options);
  const inputs = { ...parsers?.inputs, ...metafile.inputs };
  return { name, folder, metafile: { inputs, outputs: { ...parsers?.outputs, ...metafile.outputs } } };
}

/** All functions, or those named. */
export const bundleFunctions = ({
  names = functionNames(),
  outdir,
}: {
  names?: readonly string[];
  outdir?: string;
} = {}): Promise<Bundle[]> => Promise.all(names.map((name) => bundleFunction(name, outdir)));

if (import.meta.main) {
  const names = process.argv.slice(2);
  const bundles = await bundleFunctions(names.length === 0 ? {} : { names });
  for (const { name, metafile } of bundles) {
    const deployed = Object.entries(metafile.outputs).filter(([file]) => !file.endsWith('.map'));
    const bytes = deployed.reduce((sum, [, output]) => sum + output.bytes, 0);
    console.log(`${name.padEnd(16)} ${(bytes / 1024).toFixed(0).padStart(6)} kB`);
  }
}
