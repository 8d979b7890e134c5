import type { Head } from '#schemas/records/head.ts';
import type { Decision, Hold } from '#schemas/records/review.ts';

/** What people decided about the bytes that the head sees now, the oldest first. */
export const decidedNow = ({ decisions = [], observation }: Head): Decision[] =>
  decisions.filter(({ contentHash }) => contentHash === observation?.contentHash);

/** Whether a person who saw these rules speak let the same bytes pass the stage. A rule that they did not see is judged anew. */
export function isReleased(head: Head, { stage, rules }: Pick<Hold, 'stage' | 'rules'>): boolean {
  const last = decidedNow(head).findLast((decision) => decision.stage === stage);
  if (last?.verdict !== 'release') return false;
  const seen = new Set(last.rules.map(({ rule }) => rule));
  return rules.every(({ rule }) => seen.has(rule));
}

/** The decision against these bytes, unless a later one lets them pass. */
export function rejection(head: Head): Decision | undefined {
  const last = decidedNow(head).at(-1);
  return last?.verdict === 'reject' ? last : undefined;
}
