// Prints every resource that a deployment would create, as JSON, without an account: npm run synth -- --stage dev
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { BUNDLES } from '../bundle.ts';
import { installPlatform } from './install.ts';
import { answered, created, type Resource } from './mocks.ts';
import { bundleProgram } from './program.ts';
import { serveAnswers } from './server.ts';

/** What is used of Pulumi's runtime, which lies in SST's platform. */
type Pulumi = {
  runtime: {
    setMocks(mocks: object, project: string, stack: string, preview: boolean): Promise<void>;
    runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
    disconnect(): Promise<void>;
  };
};
/** `id` is that of a resource which is looked up, not created. */
type Args = { type: string; name: string; inputs: Record<string, unknown>; id?: string };
type Call = { token: string; inputs: Record<string, unknown> };

/** Pulumi knows an archive's path as a promise. */
async function archived(inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { code } = inputs;
  if (typeof code !== 'object' || code === null || !('path' in code)) return inputs;
  return { ...inputs, code: { archive: await code.path } };
}

const HELP = `npm run synth [-- options]: prints what a deployment would create as a JSON list of resources, without an account.

  --stage NAME    the stage (test)
  --config JSON   a configuration instead of sluice.config.ts
  --summary       how many resources there are of each type, instead of the list
`;

const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: 'test' },
    config: { type: 'string' },
    summary: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit();
}
const root = path.resolve(import.meta.dirname, '../..');
const platform = installPlatform(root);
const pulumi: Pulumi = createRequire(path.join(platform, 'package.json'))('@pulumi/pulumi');
// `stacks/configuration.ts` takes it instead of the file.
if (values.config !== undefined) process.env.SLUICE_CONFIG = values.config;
// What the functions hold is no part of the graph; the image's folder has to be there, all the same.
process.env.SLUICE_BUNDLES = BUNDLES;
mkdirSync(path.join(root, BUNDLES, 'task'), { recursive: true });
const resources: Resource[] = [];

await pulumi.runtime.setMocks(
  {
    newResource: async ({ type, name, inputs, id }: Args) => {
      const resource = created(type, name, id ? { name: id } : await archived(inputs));
      if (!id) resources.push(resource);
      return { id: resource.id, state: resource.state };
    },
    call: ({ token, inputs }: Call) => answered(token, inputs),
  },
  'sluice',
  values.stage,
  false,
);
const outfile = path.join(platform, `synth-${process.pid}.mjs`);
// It lies beside what it imports; an error of the program may end the process without unwinding.
process.once('exit', () => rmSync(outfile, { force: true }));
const server = await serveAnswers();
try {
  const app = { name: 'sluice', stage: values.stage, removal: 'remove', protect: false };
  await bundleProgram(root, platform, app, outfile);
  const { default: program } = await import(pathToFileURL(outfile).href);
  await pulumi.runtime.runInPulumiStack(() => program());
  await pulumi.runtime.disconnect();
} finally {
  server.close();
}

/** One line for each type, the most frequent first. */
function summary(): string {
  const byType = [...Map.groupBy(resources, ({ type }) => type)].sort(([, a], [, b]) => b.length - a.length);
  return byType.map(([type, some]) => `${String(some.length).padStart(5)}  ${type}\n`).join('');
}

process.stdout.write(values.summary ? summary() : `${JSON.stringify(resources, null, 1)}\n`);
