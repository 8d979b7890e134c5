import { statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '#adapters/local/make-folder.ts';
import { temporaryFolder, write } from '#test/e2e/local/helpers.ts';

it('makes a folder and those above it, for this user alone', () => {
  const folder = path.join(temporaryFolder(), 'a', 'b');
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('says why it cannot, where a file is in the way or the system has no such folder', () => {
  const folder = temporaryFolder();
  write(folder, { file: 'x' });
  expect(() => makeFolder(path.join(folder, 'file', 'below'))).toThrow(/making .*: ENOTDIR/);
  expect(() => makeFolder('/proc/nope/data')).toThrow(/making \/proc\/nope: /);
});
