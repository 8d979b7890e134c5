import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Decision, ReviewAction, Verdict } from '#schemas/records/review.ts';
import { SluiceError } from '../errors.ts';
import { reject, runAgain } from '../outcomes.ts';
import type { Ports } from '../ports/index.ts';
import { type Emitted, follow, type Hint } from '../stage.ts';
import { decidedNow, rejection } from './decided.ts';
import { teach, unteach } from './taught.ts';

/** Decisions that are kept of a document. */
const KEPT = 20;

export type Deciding = { document: DocumentId; verdict: ReviewAction; note?: string | undefined; by?: string | undefined };
type Judging = Deciding & { verdict: Verdict };

/** `on`: what spoke against it, when it was held or rejected. */
const decisionOf = (
  { verdict, note, by }: Judging,
  { stage, rules, evidence }: Pick<Decision, 'stage' | 'rules' | 'evidence'>,
  { generation }: Head,
  contentHash: Decision['contentHash'],
  at: number,
): Decision => ({
  verdict,
  contentHash,
  stage,
  rules,
  ...(evidence && { evidence }),
  generation,
  ...(note !== undefined && note !== '' && { note }),
  ...(by !== undefined && { by }),
  at,
});

/**
 * Carries out what a person decided about a held document; a rejection of theirs can be taken back. A released one goes on
 * behind the stage that held it, or runs again from its source when what was made of it is gone; the decision is
 * remembered, so that the same bytes are not held by the same rules again. Throws `not-found`, or `invalid-input` for a
 * document that does not wait. The caller commits the events.
 */
export async function decide({ verdict, ...deciding }: Deciding, ports: Ports): Promise<(Emitted | Hint)[]> {
  const head = await ports.ledger.head(deciding.document);
  if (!head) throw new SluiceError('not-found', `deciding on ${deciding.document}: there is no such document`);
  return verdict === 'forget' ? forget(head, ports) : judge(head, { ...deciding, verdict }, ports);
}

/** What its releases taught the source holds no longer; the document stays as it is. */
async function forget(head: Head, { ledger, traces, clock }: Ports): Promise<Emitted[]> {
  const decisions = head.decisions ?? [];
  if (!(await traces.of(head.document, 'released')))
    throw new SluiceError(
      'invalid-input',
      `forgetting ${head.uri}: there is nothing to forget, no release of it teaches its source anything`,
    );
  const at = clock.now();
  await unteach(head.document, head.generation, traces);
  const taken = (one: Decision): Decision => (one.verdict === 'release' && one.forgotten === undefined ? { ...one, forgotten: at } : one);
  await ledger.put({ ...head, decisions: decisions.map(taken), updatedAt: at });
  return [];
}

/** A release that was taken back and is said again: the document stays as it is, and teaches what it taught. */
async function teachAgain(head: Head, deciding: Judging, last: Decision, { ledger, traces, clock }: Ports): Promise<Emitted[]> {
  const at = clock.now();
  const again = decisionOf(deciding, last, head, last.contentHash, at);
  await teach(head, last.evidence ?? [], traces);
  await ledger.put({ ...head, decisions: [...(head.decisions ?? []), again].slice(-KEPT), updatedAt: at });
  return [];
}

async function judge(head: Head, deciding: Judging, ports: Ports): Promise<(Emitted | Hint)[]> {
  const { ledger, policies, clock } = ports;
  const last = decidedNow(head).at(-1);
  // The answer to it was lost, and it is said again.
  if (last?.verdict === deciding.verdict && head.state !== 'held')
    return last.forgotten === undefined ? [] : teachAgain(head, deciding, last, ports);
  const rejected = head.state === 'rejected' && deciding.verdict === 'release' ? rejection(head) : undefined;
  const { hold, problem: _, ...rest } = head;
  const on = head.state === 'held' ? hold : rejected;
  if (!head.observation || !on)
    throw new SluiceError('invalid-input', `deciding on ${head.uri}: it is ${head.state}, and only a held document waits for a decision`);
  const lane = policies.source(await policies.at(head.revision), head.source).priority;
  const { document, source, generation, revision } = head;
  const about = { v: 1 as const, document, source, generation, revision, lane, hops: 0 };
  const at = clock.now();
  const decision = decisionOf(deciding, on, head, head.observation.contentHash, at);
  const decided: Head = { ...rest, decisions: [...(head.decisions ?? []), decision].slice(-KEPT), updatedAt: at };
  if (deciding.verdict === 'reject') {
    const rules = decision.rules.map(({ rule }) => rule).join(', ');
    return reject(
      decision.stage,
      about,
      decided,
      new SluiceError('rejected-by-reviewer', `review: rejected by a person after ${rules}`),
      ports,
    );
  }
  await teach(head, decision.evidence ?? [], ports.traces);
  const released: Head = { ...decided, state: 'processing' };
  if (hold?.elements === undefined) return runAgain(about, released, ports);
  await ledger.put(released);
  const { elements, stage, quality, rules, warned } = hold;
  return [
    follow({ ...about, ...(warned && { warned }) }, 'document.released', {
      elements,
      after: stage,
      quality,
      rules: rules.map(({ rule }) => rule),
    }),
  ];
}
