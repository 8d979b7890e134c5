import { keysOf } from '#core/keys.ts';
import type { Keys } from '#core/ports/index.ts';

export const memoryKeys = (secret: string): Keys => keysOf(Buffer.from(secret));
