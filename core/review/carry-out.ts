import type { Transaction } from '../ports/index.ts';
import { retryingConflicts, told } from '../runtime.ts';
import { type Deciding, decide } from './decide.ts';

/** Writes a decision down together with what follows from it. */
export const carryOut = (deciding: Deciding, begin: () => Transaction): Promise<void> =>
  retryingConflicts(async () => {
    const { ports, commit } = begin();
    const emitted = await decide(deciding, ports);
    await commit({ events: emitted.map((one) => told(one, ports)) });
  });
