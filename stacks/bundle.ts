// Bundles the functions, each into a folder of its own: npm run bundle -- [name ...]
// With --report sizes and starts are told and held against .ci/bundles.json, with --record they are written there.
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { GRANTS, type ProgramName, TASK } from '#schemas/functions.ts';
import { bundleParsers, withoutParsers } from './bundle-parsers.ts';
import { slimming } from './bundle-plugins.ts';
import { withOwnRules } from './bundle-rules.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Where a deployment takes the functions from. */
export const BUNDLES = '.sst/functions';

/** CommonJS parts of the SDK ask for their modules at run time. */
const BANNER =
  "import { createRequire as topLevelCreateRequire } from 'node:module'; const require = topLevelCreateRequire(import.meta.url);";

export type Bundle = { name: ProgramName; folder: string; metafile: Metafile };

const isProgram = (name: string): name is ProgramName => name === TASK || Object.hasOwn(GRANTS, name);

/** Names of the functions, by the files of `functions/`. */
const functionNames = (): string[] =>
  globSync('functions/*.ts', { cwd: ROOT })
    .map((file) => path.basename(file, '.ts'))
    .sort();

/**
 * One function as `<outdir>/<name>/index.mjs`, with nothing but what it imports. Its source map lies beside the folder:
 * it is for reading a stack, and is not deployed. `configured`: where the user's `sluice.config.ts` lies.
 */
export async function bundleFunction(name: string, outdir: string = path.join(ROOT, BUNDLES), configured: string = ROOT): Promise<Bundle> {
  if (!isProgram(name)) throw new Error(`bundling ${name}: schemas/functions.ts has no such function`);
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
    // Words of other scripts as they are: half of what they take as escapes.
    charset: 'utf8',
    metafile: true,
    plugins: slimming(name),
    logLevel: 'error',
  } as const satisfies BuildOptions;
  const { metafile } = await build({
    ...options,
    entryPoints: [path.join(ROOT, 'functions', `${name}.ts`)],
    outfile: path.join(folder, 'index.mjs'),
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [...withOwnRules(name, configured), ...options.plugins, withoutParsers],
  });
  renameSync(path.join(folder, 'index.mjs.map'), path.join(outdir, `${name}.map`));
  if (name === TASK) copyFileSync(path.join(ROOT, 'stacks/task/Dockerfile'), path.join(folder, 'Dockerfile'));
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
  const flags = { report: { type: 'boolean' }, record: { type: 'boolean' } } as const;
  const { values, positionals: names } = parseArgs({ options: flags, allowPositionals: true });
  const wanted = names.length === 0 ? {} : { names };
  if (values.report || values.record) {
    const { measureBundles, problemsOf, readRecorded, RECORDED, recordOf, tableOf } = await import('./bundle-report.ts');
    // Apart from what others deploy or test meanwhile.
    const outdir = mkdtempSync(path.join(tmpdir(), 'sluice-bundles-'));
    const measured = await measureBundles(await bundleFunctions({ ...wanted, outdir }), readRecorded());
    rmSync(outdir, { recursive: true });
    console.log(tableOf(measured));
    if (values.record) writeFileSync(RECORDED, `${JSON.stringify(recordOf(measured), null, 2)}\n`);
    const problems = problemsOf(measured, readRecorded());
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length === 0 ? 0 : 1;
  } else await bundleFunctions(wanted);
}
