import type { Outcome } from './ingest.ts';
import type { Step } from './settings.ts';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Of those that could be measured. */
export function medianKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? median(known) : undefined;
}

/** What all runs gave, by contender and step. */
export class Results {
  readonly loads: number[] = [];
  readonly #outcomes = new Map<string, Outcome[]>();

  add(id: string, outcomes: readonly Outcome[], load: number): void {
    this.loads.push(load);
    for (const outcome of outcomes) {
      const key = `${id} ${outcome.step}`;
      this.#outcomes.set(key, [...(this.#outcomes.get(key) ?? []), outcome]);
    }
  }

  /** Medians over the runs; undefined for a step that the contender has not. */
  of(id: string, step: Step): Outcome | undefined {
    const all = this.#outcomes.get(`${id} ${step}`);
    const last = all?.at(-1);
    if (!all || !last) return undefined;
    return {
      ...last,
      seconds: median(all.map(({ seconds }) => seconds)),
      inside: median(all.map(({ inside }) => inside)),
      peakMb: medianKnown(all.map(({ peakMb }) => peakMb)),
      cpu: medianKnown(all.map(({ cpu }) => cpu)),
      correct: { ...last.correct, ghosts: Math.max(...all.map(({ correct }) => correct.ghosts)) },
    };
  }
}
