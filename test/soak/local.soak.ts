import { expect, test } from 'vitest';
import { survivesKills } from '../e2e/local/kills.ts';
import { followsEveryPass, settlesAfterChangesMeanwhile } from '../e2e/local/sequences.ts';

const HOUR = 3_600_000;
const SEED = Date.now() % 1_000_000;

test(`a hundred kills at random moments leave the index of an undisturbed pass (seed ${SEED})`, { timeout: HOUR }, async () => {
  await expect(survivesKills(100, 600, SEED)).resolves.toBeUndefined();
});

test('hundreds of random histories of a folder end in step', { timeout: HOUR }, async () => {
  await expect(followsEveryPass(300)).resolves.toBeUndefined();
});

test('hundreds of histories that change under the passes end in step', { timeout: HOUR }, async () => {
  await expect(settlesAfterChangesMeanwhile(300)).resolves.toBeUndefined();
});
