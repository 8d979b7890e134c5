import type { Config } from '#schemas/config.ts';
import { openWorld, type World } from '../world.ts';
import type { Eraser } from './erase.ts';

/** Owns the data directory, lets everything that is under way end, erases, and waits for what follows from that. */
export async function erasing<T>(options: { dataDir: string; config: Config }, use: (eraser: Eraser) => Promise<T>): Promise<T> {
  const world: World = await openWorld({ ...options, onlyRemoves: true });
  try {
    await world.idle();
    const answer = await use(world.eraser);
    await world.idle();
    return answer;
  } finally {
    await world.close();
  }
}
