import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const CACHE = path.join(import.meta.dirname, '../../../.cache');

const missing =
  'The AWS tests need Python 3.10 or newer with venv (python3, on Debian also python3-venv), for the moto emulator: docs/testing.md';

async function checkPython(): Promise<void> {
  const { stdout } = await run('python3', ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))']).catch((cause) => {
    throw new Error(missing, { cause });
  });
  if (stdout.trim() !== 'True') throw new Error(missing);
}

/** Where these requirements are installed; other requirements have another folder, so a venv is never changed. */
export const venvFolder = (): string =>
  path.join(CACHE, `moto-${createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12)}`);

/** Installs moto into a virtual environment under `.cache`, once, and answers its folder. */
export async function installMoto(): Promise<string> {
  const folder = venvFolder();
  if (existsSync(path.join(folder, 'ready'))) return folder;
  await checkPython();
  mkdirSync(CACHE, { recursive: true });
  // Built where it stays, since scripts name their interpreter by its path; two runs at once must not share a half of it.
  const claim = `${folder}.${process.pid}`;
  rmSync(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:', '-r', REQUIREMENTS];
  await run(path.join(folder, 'bin/python'), pip, { maxBuffer: 1 << 24 });
  mkdirSync(claim);
  renameSync(claim, path.join(folder, 'ready'));
  return folder;
}
