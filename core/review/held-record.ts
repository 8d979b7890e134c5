import type { Head } from '#schemas/records/head.ts';
import type { HeldRecord } from '#schemas/records/pipeline-view.ts';
import type { Evidence } from '#schemas/records/review.ts';
import { documentRecord } from '../document-record.ts';

/** The keys are for the pipeline alone. */
const quotesOf = (evidence: readonly Evidence[] = []): HeldRecord['hold']['evidence'] =>
  evidence.map(({ rule, quote }) => ({ rule, quote }));

/** A held document as reviewers are shown it. */
export const heldRecord = (head: Head): HeldRecord => ({
  ...documentRecord(head),
  hold: {
    stage: head.hold?.stage ?? '',
    rules: head.hold?.rules ?? [],
    evidence: quotesOf(head.hold?.evidence),
    preview: head.hold?.preview ?? null,
  },
  decisions: (head.decisions ?? []).map(({ verdict, stage, rules, generation, note, by, at }) => ({
    verdict,
    stage,
    rules,
    generation,
    note: note ?? null,
    by: by ?? null,
    at: new Date(at).toISOString(),
  })),
});
