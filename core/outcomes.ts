import type { Detail, SluiceEvent } from '#schemas/events/index.ts';
import type { Head, Problem } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Hold, RuleScore } from '#schemas/records/review.ts';
import { caseHints } from './cases/membership.ts';
import { isSettled } from './change.ts';
import { type Held, RuledOut, type SluiceError } from './errors.ts';
import type { Ports } from './ports/index.ts';
import { isReleased } from './review/decided.ts';
import { type Emitted, follow, type Hint } from './stage.ts';

/** What an outcome is about: the part that every event of ours has. */
export type About = Pick<Detail<'document.changed'>, 'v' | 'document' | 'source' | 'generation' | 'revision' | 'lane' | 'hops' | 'warned'>;

export const problem = (stage: string, generation: number, code: string, message: string, at: number): Problem => ({
  stage,
  code,
  message,
  generation,
  at,
});

/**
 * What was made of the document so far is gone: it runs again from its source, as the same generation, so that what was
 * written under its keys is written again. A generation that has its outcome needs none of it; one that failed has none, and
 * comes here by a redrive.
 */
export async function runAgain({ document, generation, source, lane }: About, head: Head, ports: Ports): Promise<Emitted[]> {
  if (head.state !== 'processing' && head.state !== 'failed') return [];
  const revision = ports.policies.current;
  await ports.ledger.put({ ...head, state: 'processing', revision, updatedAt: ports.clock.now() });
  await ports.ledger.forgetSteps(document, generation);
  return [{ name: 'document.changed', detail: { v: 1, document, source, generation, revision, lane, hops: 0 } }];
}

export async function reject(stage: string, detail: About, head: Head, error: SluiceError, ports: Ports): Promise<(Emitted | Hint)[]> {
  const at = ports.clock.now();
  const config = await ports.policies.at(detail.revision);
  const rules = ports.policies.source(config, head.source);
  const withdraws = rules.onFailure === 'withdraw' && Boolean(head.committed?.manifest);
  const { hold: _, ...rest } = head;
  await ports.ledger.put({
    ...rest,
    state: 'rejected',
    removed: head.removed || withdraws,
    problem: {
      ...problem(stage, detail.generation, error.code, error.message, at),
      ...(error instanceof RuledOut && { rules: [...error.rules] }),
    },
    updatedAt: at,
  });
  await ports.work.remove(detail.document, detail.generation);
  return [
    follow(detail, 'document.rejected', { stage, code: error.code }),
    ...(withdraws ? [follow(detail, 'document.removed', { reason: 'withdrawn' })] : []),
    ...caseHints(rules, head),
  ];
}

const scoresOf = ({ rules, score, facts: { checks = {} } }: Held): RuleScore[] =>
  rules.map((rule) => ({ rule, score: checks[rule] ?? score }));

/** What the stage was given, where that is more than the file. */
const givenOf = (detail: SluiceEvent['detail'], score: number): Pick<Hold, 'elements' | 'quality' | 'warned'> => ({
  ...('elements' in detail && { elements: detail.elements }),
  // What `assess` gave, where it has been there; what `screen` gives is a risk.
  quality: 'quality' in detail ? detail.quality : 'elements' in detail && 'score' in detail ? detail.score : score,
  ...(detail.warned && { warned: detail.warned }),
});

/** Sets a document aside, unless a person has let these bytes pass these rules before: then it goes on as released. */
export async function hold(
  stage: string,
  detail: SluiceEvent['detail'],
  head: Head,
  held: Held,
  ports: Ports,
): Promise<(Emitted | Hint)[]> {
  const at = ports.clock.now();
  const waiting: Hold = { stage, rules: scoresOf(held), ...givenOf(detail, held.score) };
  if (waiting.elements !== undefined && isReleased(head, waiting)) {
    const { elements, quality } = waiting;
    return [follow(detail, 'document.released', { elements, after: stage, quality, rules: [...held.rules] })];
  }
  const { preview, checks, identifiers, evidence, early = [], copy } = held.facts;
  if (identifiers) await ports.traces.put(detail.document, detail.generation, 'identifier', { keys: identifiers, note: '' });
  if (copy) {
    await ports.traces.forget(detail.document, ['copy'], detail.generation);
    await ports.traces.put(detail.document, detail.generation, 'copy', copy);
  }
  await ports.ledger.put({
    ...head,
    state: 'held',
    score: held.score,
    problem: problem(stage, detail.generation, held.rules[0] ?? 'held', held.message, at),
    hold: { ...waiting, ...(evidence && { evidence: [...evidence] }), ...(preview !== undefined && { preview }) },
    updatedAt: at,
  });
  const rules = ports.policies.source(await ports.policies.at(detail.revision), head.source);
  return [
    follow(detail, 'document.held', { stage, rules: [...held.rules], score: held.score, ...(checks && { checks }) }),
    ...caseHints(rules, head),
    ...(await hintsOfEarly(early, ports)),
  ];
}

/** What is served of them is looked at again, unless a person has let it pass. */
async function hintsOfEarly(early: readonly DocumentId[], { ledger }: Pick<Ports, 'ledger'>): Promise<Hint[]> {
  const heads = await Promise.all(early.map((document) => ledger.head(document)));
  return heads.flatMap((head) =>
    head && isSettled(head) && !head.decisions ? [{ source: head.source, lookAt: head.nativeId, reason: 'doubt' as const }] : [],
  );
}
