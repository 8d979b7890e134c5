#!/usr/bin/env node
// Plain JavaScript, so that a Node that cannot run the rest can still say so. In a checkout the sources run as they
// are; the package carries them built.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 18);
const pinned = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

/**
 * A pass lives on short-lived objects, and V8 by default lets them take 100 MB more for no gain in speed; those that live
 * a little longer it lets lie until the heap has grown by half or more. The settings count from the start only, so the process
 * begins again with them, where the system can do that.
 */
function withLittleGarbage() {
  const settings = ['--max-semi-space-size=4', '--heap-growing-percent=20'];
  if (!['start', 'ingest', 'refresh'].includes(process.argv[2]) || settings.some((setting) => process.execArgv.includes(setting))) return;
  try {
    process.execve?.(process.execPath, [process.execPath, ...settings, ...process.execArgv, ...process.argv.slice(1)], process.env);
  } catch {
    // Not on this system: it costs memory only.
  }
}

if (newEnough) {
  withLittleGarbage();
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
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Whoever stops this process means the one that works. A terminal has interrupted both, and a second SIGINT would cut its end short.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  console.error(`sluice: node-too-old: this is Node ${process.versions.node}, and Sluice needs 22.18 or newer (https://nodejs.org)`);
  process.exitCode = 2;
}
