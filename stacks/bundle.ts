// Bundles the functions, each into a folder of its own: npm run bundle -- [name ...]
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Where a deployment takes the functions from. */
export const BUNDLES = '.sst/functions';

/** CommonJS parts of the SDK ask for their modules at run time. */
const BANNER = "import { createRequire as r_ } from 'node:module'; const require = r_(import.meta.url);";

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
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [path.join(ROOT, 'functions', `${name}.ts`)],
    outfile: path.join(folder, 'index.mjs'),
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    // A stack in the log and in a dead letter names what was called.
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['node', 'import'],
    banner: { js: BANNER },
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  return { name, folder, metafile };
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
    const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
    console.log(`${name.padEnd(16)} ${(bytes / 1024).toFixed(0).padStart(6)} kB`);
  }
}
