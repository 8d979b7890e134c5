import type { StoryEvent } from '#schemas/records/pipeline-view.ts';

/** What a pass did. Each document counts once; a rename is one indexed and one removed. */
export type Summary = {
  indexed: number;
  updated: number;
  unchanged: number;
  removed: number;
  rejected: number;
  held: number;
  failed: number;
  chunksEmbedded: number;
  chunksReused: number;
  seconds: number;
};

export type Outcome = 'indexed' | 'updated' | 'removed' | 'rejected' | 'held' | 'failed';

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Counts what happens to documents, from their events. `now` (ms) may begin anywhere. */
export class Tally {
  readonly outcomes = new Map<string, Outcome>();
  readonly #now: () => number;
  readonly #began: number;
  /** Documents that are no file. */
  readonly #cases = new Set<string>();
  #embedded = 0;
  #reused = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#began = now();
  }

  see(document: string, { event, facts }: Pick<StoryEvent, 'event' | 'facts'>): void {
    switch (event) {
      case 'document.validated':
        if (facts.modality === 'case') this.#cases.add(document);
        break;
      case 'document.indexed': {
        const isUpdate = facts.metadataOnly === true && this.outcomes.get(document) !== 'indexed';
        this.#reused += facts.metadataOnly === true ? 0 : number(facts.kept);
        this.outcomes.set(document, isUpdate ? 'updated' : 'indexed');
        break;
      }
      case 'document.removed':
        if (facts.reason === 'deleted') this.outcomes.set(document, 'removed');
        break;
      case 'document.rejected':
        this.outcomes.set(document, 'rejected');
        break;
      case 'document.held':
        this.outcomes.set(document, 'held');
        break;
      case 'chunks.embedded':
        this.#embedded += number(facts.embedded);
        this.#reused += number(facts.reused);
        break;
    }
  }

  settle(document: string, outcome: Outcome): void {
    this.outcomes.set(document, outcome);
  }

  /** `files`: how many were there to look at. */
  summary(files: number): Summary {
    const counts = { indexed: 0, updated: 0, unchanged: 0, removed: 0, rejected: 0, held: 0, failed: 0 };
    for (const outcome of this.outcomes.values()) counts[outcome] += 1;
    const cases = [...this.#cases].filter((document) => this.outcomes.get(document) !== 'removed').length;
    counts.unchanged = Math.max(0, files - (this.outcomes.size - cases - counts.removed));
    const seconds = Number(((this.#now() - this.#began) / 1000).toFixed(3));
    return { ...counts, chunksEmbedded: this.#embedded, chunksReused: this.#reused, seconds };
  }
}
