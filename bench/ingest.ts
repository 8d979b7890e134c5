import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Contender, ROOT, sluiceArguments } from './contenders/index.ts';
import { deleteOne, editOne, writeCorpus } from './corpus.ts';
import { type Measured, measure } from './measure.ts';
import type { Step } from './settings.ts';
import { type Correctness, check } from './stored.ts';

/** `inside`: seconds that the process itself counted, its start and imports left out. */
export type Outcome = Omit<Measured, 'output'> & { step: Step; inside: number; correct: Correctness };

export const BYTES = 5_000;
const SMALL_BYTES = 400;
const WARM_FILES = 50;

/** A file that changed just before it was first looked at is read again at the next pass, which is not what is measured. */
const SETTLE_MS = 2_500;

const insideOf = ({ output }: Measured): number => Number(JSON.parse(output).seconds);

const prepare = (step: Step, folder: string, files: number): void => {
  if (step === 'edit') editOne(folder, files);
  if (step === 'delete') deleteOne(folder, files);
};

function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Every step of one contender, on files and a store of its own, each step a process of its own. */
export async function runContender(contender: Contender, space: string, files: number): Promise<Outcome[]> {
  const folder = path.join(space, 'files');
  const data = emptied(path.join(space, 'data'));
  writeCorpus(folder, files, BYTES);
  await delay(SETTLE_MS);
  const outcomes: Outcome[] = [];
  for (const step of contender.steps) {
    prepare(step, folder, files);
    const measured = await measure(contender.command(step, folder, data), ROOT);
    const { seconds, peakMb, cpu } = measured;
    outcomes.push({ step, seconds, peakMb, cpu, inside: insideOf(measured), correct: await check(contender.id, data, folder) });
  }
  return outcomes;
}

/** A small pass, so that the first contender does not pay for what the system then keeps in its cache. */
export async function warmUp(contender: Contender, space: string): Promise<void> {
  const folder = path.join(space, 'files');
  writeCorpus(folder, WARM_FILES, BYTES);
  await measure(contender.command('first', folder, emptied(path.join(space, 'data'))), ROOT);
}

/** Sluice's pass over many small files of which none changed. */
export async function manyUnchanged(space: string, files: number, runs: number): Promise<(Measured & { inside: number })[]> {
  const folder = path.join(space, 'files');
  const data = emptied(path.join(space, 'data'));
  writeCorpus(folder, files, SMALL_BYTES);
  await delay(SETTLE_MS);
  await measure(sluiceArguments(folder, data), ROOT);
  const passes: (Measured & { inside: number })[] = [];
  for (let run = 0; run < runs; run++) {
    const measured = await measure(sluiceArguments(folder, data), ROOT);
    passes.push({ ...measured, inside: insideOf(measured) });
  }
  return passes;
}
