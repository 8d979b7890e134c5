import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stop } from 'esbuild';
import { bundleFunctions } from '#stacks/bundle.ts';
import { installPlatform } from '#stacks/synth/install.ts';
import { installMoto } from './emulator/venv.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the functions, bundled as they would be deployed. */
    bundles: string;
  }
}

/** What every AWS test needs, made once: the emulator, SST's platform, and bundles of its own of all functions. */
export default async function setup({ provide }: { provide(key: 'bundles', value: string): void }): Promise<() => void> {
  const bundles = mkdtempSync(path.join(tmpdir(), 'sluice-functions-'));
  installPlatform(path.resolve(import.meta.dirname, '../..'));
  await Promise.all([installMoto(), bundleFunctions({ outdir: bundles })]);
  // Its process would keep what it knows of the sources, two gigabytes, for as long as the tests run.
  await stop();
  provide('bundles', bundles);
  process.env.SLUICE_TEST_FUNCTIONS = bundles;
  return () => rmSync(bundles, { recursive: true, force: true });
}
