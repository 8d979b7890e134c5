import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { openSluice } from '#apps/cli/library.ts';
import { page, workspace } from './helpers.ts';
import { apply, expectInStep, type Operation, passes } from './model.ts';

/** Small batches, so that documents have several that end in any order. */
const config = { parsing: { processes: 1 }, bus: { backoffMs: 1 }, embedding: { batchSize: 2 } };

async function inWorkspace(work: (inbox: string, dataDir: string) => Promise<void>): Promise<void> {
  const { folder, inbox, dataDir } = workspace({ 'always.md': page('Always', 77) });
  try {
    await work(inbox, dataDir);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** After each pass the index is what the folder is. */
export const followsEveryPass = (numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(passes, (steps) =>
      inWorkspace(async (inbox, dataDir) => {
        const sluice = await openSluice({ dataDir, config });
        try {
          for (const pass of steps) {
            for (const step of pass) apply(inbox, step);
            await sluice.ingest([inbox]);
            await expectInStep(sluice, inbox, dataDir);
          }
        } finally {
          await sluice.close();
        }
      }),
    ),
    { numRuns },
  );

/** Whatever happens while passes are at work, one more pass brings the index in step. */
export const settlesAfterChangesMeanwhile = (numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(passes, (steps) =>
      inWorkspace(async (inbox, dataDir) => {
        const left: Operation[] = steps.flat();
        // At every event one more change, between what was observed and what is made of it.
        const onEvent = (): void => {
          const step = left.shift();
          if (step) apply(inbox, step);
        };
        const sluice = await openSluice({ dataDir, config, onEvent });
        try {
          for (const { length } of steps) for (let i = 0; i < length; i++) onEvent();
          await sluice.ingest([inbox]);
          while (left.length > 0) onEvent();
          await sluice.ingest([inbox]);
          await expectInStep(sluice, inbox, dataDir);
        } finally {
          await sluice.close();
        }
      }),
    ),
    { numRuns },
  );
