import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Resource } from '#stacks/synth/synthesise.ts';
import type { Aws } from '../aws.ts';
import type { RunContainer } from '../own/ecs.ts';

const Containers = z.array(z.object({ name: z.string(), environment: z.array(z.object({ name: z.string(), value: z.string() })) }));
/** Pulumi wraps what it keeps as a secret. */
const Definition = z.object({
  containerDefinitions: z.union([z.object({ value: z.string() }), z.string().transform((value) => ({ value }))]),
});

/** Plays Fargate: the task's bundle as a process, with the graph's environment and what it was started with. */
export function fargate(graph: readonly Resource[], aws: Aws, bundles: string): RunContainer {
  const containers = graph
    .filter(({ type }) => type === 'aws:ecs/taskDefinition:TaskDefinition')
    .flatMap(({ inputs }) => Containers.parse(JSON.parse(Definition.parse(inputs).containerDefinitions.value)));
  let count = 0;
  return (name, given) => {
    const container = containers.find((one) => one.name === name);
    if (!container) return Promise.reject(new Error(`the graph has no container ${name}`));
    const defined = Object.fromEntries(container.environment.map((one) => [one.name, one.value]));
    const scratch = mkdtempSync(path.join(tmpdir(), 'sluice-task-'));
    count += 1;
    const env = { PATH: process.env.PATH, TZ: ':UTC', TMPDIR: scratch, ...defined, ...aws.environment(`task-${count}`), ...given };
    const child = spawn(process.execPath, ['index.mjs'], { cwd: path.join(bundles, 'task'), env, stdio: ['ignore', 'ignore', 'inherit'] });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => {
        rmSync(scratch, { recursive: true, force: true });
        resolve(code ?? 137);
      });
    });
  };
}
