import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { openReader } from '#adapters/local/reader.ts';
import { openSluice, type Sluice } from '#apps/cli/library.ts';
import { page, temporaryFolder, write } from './helpers.ts';
import { apply, expectInStep, expectNoDrift, type Operation, passes } from './model.ts';

/** Small batches, so that documents have several that end in any order. */
const config = { parsing: { processes: 1 }, bus: { backoffMs: 1 }, embedding: { batchSize: 2 } };

type World = { sluice: Sluice; inbox: string; onEvent(listener: () => void): void };

/** Histories of many folders in one index, each folder its own and gone at its end. */
async function histories(numRuns: number, history: (world: World, steps: Operation[][]) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  const dataDir = path.join(folder, 'data');
  let listener = (): void => undefined;
  const sluice = await openSluice({ dataDir, config, onEvent: () => listener() });
  const reader = await openReader(dataDir);
  let runs = 0;
  const property = fc.asyncProperty(passes, async (steps) => {
    runs += 1;
    const inbox = path.join(folder, `inbox${runs}`);
    mkdirSync(inbox);
    write(inbox, { 'always.md': page('Always', 77) });
    try {
      await history({ sluice, inbox, onEvent: (next) => (listener = next) }, steps);
      await expectNoDrift(reader, dataDir);
    } finally {
      listener = () => undefined;
      rmSync(inbox, { recursive: true, force: true });
      await sluice.ingest([inbox], { allowEmpty: true });
    }
  });
  try {
    await fc.assert(property, { numRuns });
  } finally {
    await reader.close();
    await sluice.close();
  }
}

/** After each pass the index is what the folder is. */
export const followsEveryPass = (numRuns: number): Promise<void> =>
  histories(numRuns, async ({ sluice, inbox }, steps) => {
    for (const pass of steps) {
      for (const step of pass) apply(inbox, step);
      await sluice.ingest([inbox]);
      await expectInStep(sluice, inbox);
    }
  });

/** Whatever happens while passes are at work, one more pass brings the index in step. */
export const settlesAfterChangesMeanwhile = (numRuns: number): Promise<void> =>
  histories(numRuns, async ({ sluice, inbox, onEvent }, steps) => {
    const left = steps.flat();
    // At every event one more change, between what was observed and what is made of it.
    const change = (): void => {
      const step = left.shift();
      if (step) apply(inbox, step);
    };
    for (let i = 0; i < steps.length * 3; i++) change();
    onEvent(change);
    await sluice.ingest([inbox]);
    onEvent(() => undefined);
    while (left.length > 0) change();
    await sluice.ingest([inbox]);
    await expectInStep(sluice, inbox);
  });
