#!/usr/bin/env node
// Plain JavaScript, so that a Node that cannot run the rest can still say so. In a checkout the sources run as they
// are; the package carries them built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 18);
const pinned = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

if (newEnough) {
  // An ingest lives on short-lived objects; by default V8 lets garbage grow to several times what is in use.
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  v8.setFlagsFromString('--heap-growing-percent=50');
  const source = new URL('./main.ts', import.meta.url);
  if (existsSync(source)) {
    // The sources' types are stripped once, not at every start of every thread and child.
    const cache = fileURLToPath(new URL('../../node_modules/.cache/sluice', import.meta.url));
    module.enableCompileCache(cache);
    process.env.NODE_COMPILE_CACHE ??= cache;
  }
  const { main } = await import(existsSync(source) ? source.href : new URL('../../dist/apps/cli/main.js', import.meta.url).href);
  await main(process.argv.slice(2));
} else if (existsSync(pinned)) {
  const { status } = spawnSync(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  console.error(`sluice: node-too-old: this is Node ${process.versions.node}, and Sluice needs 22.18 or newer (https://nodejs.org)`);
  process.exitCode = 2;
}
