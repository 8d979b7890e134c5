import type { Head } from '#schemas/records/head.ts';
import type { HeldRecord } from '#schemas/records/pipeline-view.ts';
import { documentRecord } from '../document-record.ts';

/** A held document as reviewers are shown it. */
export const heldRecord = (head: Head): HeldRecord => ({
  ...documentRecord(head),
  hold: { stage: head.hold?.stage ?? '', rules: head.hold?.rules ?? [], preview: head.hold?.preview ?? null },
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
