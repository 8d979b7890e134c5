import { createHmac } from 'node:crypto';
import type { Keys } from '#core/ports/index.ts';

export const memoryKeys = (secret: string): Keys => ({
  hash: (purpose, text) => createHmac('sha256', secret).update(`${purpose}\u0000${text}`).digest('hex').slice(0, 32),
});
