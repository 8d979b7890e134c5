import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';

/**
 * Makes a folder for this user alone, and those above it. One by one: where a system has no such folder to make (`/proc`),
 * Node's own recursion does not end. Throws `unavailable`.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !existsSync(at); at = path.dirname(at)) missing.unshift(at);
  for (const at of missing) {
    try {
      mkdirSync(at, { mode: 0o700 });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      if (code !== 'EEXIST') throw new SluiceError('unavailable', `making ${at}: ${code}`, { cause: error });
    }
  }
}
