import type { Config } from '#schemas/config.ts';
import { openWorld, type World } from '../world.ts';
import type { Eraser } from './erase.ts';

/** Owns the data directory, lets everything that is under way end, and then erases. */
export async function erasing<T>(options: { dataDir: string; config: Config }, use: (eraser: Eraser) => Promise<T>): Promise<T> {
  const world: World = await openWorld(options);
  try {
    await world.idle();
    return await use(world.eraser);
  } finally {
    await world.close();
  }
}
