import { expect, test } from 'vitest';
import { followsEveryPass, settlesAfterChangesMeanwhile } from './sequences.ts';

test('after any operations on files, each pass leaves the index as the folder is', async () => {
  await expect(followsEveryPass(8)).resolves.toBeUndefined();
}, 60_000);

test('operations in the middle of a pass are made good by the next', async () => {
  await expect(settlesAfterChangesMeanwhile(8)).resolves.toBeUndefined();
}, 60_000);
