import { expect, it } from 'vitest';
import { memoryInspection } from '#adapters/memory/memory-operations.ts';
import { exportPage } from '#core/inspection/export-rows.ts';
import type { Purpose } from '#schemas/config.ts';
import { type SmallWorld, smallWorld } from './small-world.ts';

const worldFor = async (purposes?: Purpose[]): Promise<SmallWorld> => {
  const world = smallWorld(purposes ? { settings: { sources: [{ name: 'files', path: '/', purposes }] } } : {});
  await world.put('/a.txt', 'The circulation pump hums along day and night.');
  await world.runUntilIdle();
  return world;
};
const exported = async ({ store }: SmallWorld, purpose: Purpose): Promise<number> =>
  (await exportPage({ purpose }, memoryInspection(store))).items.length;

it('a source that states no purposes is for retrieval alone', async () => {
  const world = await worldFor();
  expect(await world.found('circulation')).toHaveLength(1);
  expect([await exported(world, 'retrieval'), await exported(world, 'training'), await exported(world, 'analytics')]).toEqual([1, 0, 0]);
});

it('a source that is for training alone is never found', async () => {
  const world = await worldFor(['training']);
  expect(await world.found('circulation')).toEqual([]);
  expect([await exported(world, 'retrieval'), await exported(world, 'training')]).toEqual([0, 1]);
});

it('what was found in a document, and what is written on it, classify it and are searched by that', async () => {
  const world = smallWorld({ settings: { classification: { restricted: ['EMAIL_ADDRESS'] } } });
  await world.put('/mail.txt', 'Write to ana@example.com about the circulation.');
  await world.put('/label.txt', 'CONFIDENTIAL\n\nThe circulation stops at noon.');
  await world.put('/plain.txt', 'The circulation goes on.');
  await world.runUntilIdle();
  expect(['/mail.txt', '/label.txt', '/plain.txt'].map((path) => world.headOf(path).classification)).toEqual([
    'restricted',
    'confidential',
    'internal',
  ]);
  expect(await world.found('circulation')).toHaveLength(1);
  expect(await world.found('circulation', ['user:ana'])).toHaveLength(2);
  await world.put('/mail.txt', 'Write to ana@example.com about the circulation.', { access: ['user:ana'] });
  await world.runUntilIdle();
  expect(world.headOf('/mail.txt').classification).toBe('restricted');
  expect(await world.found('circulation', ['user:ana'])).toHaveLength(3);
});
