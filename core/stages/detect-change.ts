import type { Head, Observation } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { isCase } from '../cases/case-id.ts';
import { caseHints, noteCase } from '../cases/membership.ts';
import { hasLost, observeCase } from '../cases/observe-case.ts';
import { type Change, changeOf, isAbandoned, isSettled } from '../change.ts';
import { isNarrowed } from '../classification/narrowed.ts';
import { isErased, isMadeAnew } from '../erasure/tombstone.ts';
import { hintsOf } from '../members/hints.ts';
import { describe, narrower } from '../metadata.ts';
import type { Keys, Ports } from '../ports/index.ts';
import type { Emitted, Hint, HintReason, Stage } from '../stage.ts';
import { recordingOf } from '../transcripts.ts';
import { SHAPES } from './shapes.ts';

export const documentId = (keys: Keys, source: string, nativeId: string): DocumentId =>
  keys.hash('document', `${source}\u0000${nativeId}`) as DocumentId;

type Seen = { head: Head | undefined; source: string; nativeId: string; document: DocumentId; observation: Observation | undefined };

/** Whether nothing is served and nothing older can be: the removal was carried out. */
const isWithdrawn = (head: Head | undefined): boolean =>
  head?.committed?.manifest === null && head.committed.generation === head.generation;

/**
 * The head of the state that was just seen. While an older version is served, or on its way to be, access and
 * classification only narrow; the wider ones come with the version that they belong to.
 */
async function nextHead({ head, source, nativeId, document, observation }: Seen, change: Change, ports: Ports): Promise<Head> {
  const revision = ports.policies.current;
  const config = await ports.policies.at(revision);
  const rules = ports.policies.source(config, source);
  const served = head?.committed?.manifest ?? undefined;
  const settled = change === 'metadata' && served ? await ports.ledger.manifest(served) : undefined;
  const described = describe(rules, observation ?? null, settled ?? { metadata: {} }, config.classification, nativeId);
  return {
    document,
    version: head?.version ?? 0,
    source,
    nativeId,
    uri: isCase(nativeId) ? nativeId : ports.sources.uri(source, nativeId),
    ...(!isCase(nativeId) && { named: ports.sources.named(source, nativeId) }),
    generation: (head?.generation ?? 0) + 1,
    state: observation ? 'processing' : 'removed',
    revision,
    observation: observation ?? null,
    removed: !observation || (Boolean(head?.removed) && !isWithdrawn(head)) || hasLost(head?.observation ?? undefined, observation),
    committed: head?.committed ?? null,
    ...(head?.members && observation && { members: head.members }),
    ...(head?.erasedMembers && { erasedMembers: head.erasedMembers }),
    ...(head?.decisions && { decisions: head.decisions }),
    ...described,
    ...(head && !settled && { metadata: served ? head.metadata : described.metadata, ...narrower(head, described) }),
    updatedAt: ports.clock.now(),
  };
}

/** What is to be done about what was seen of a document, and what the configuration says of it by now. */
async function changeNow(head: Head | undefined, seen: Observation | undefined, reason: string | undefined, ports: Ports): Promise<Change> {
  if (seen && (reason === REFRESH || isDoubted(head, reason))) return 'content';
  const change = changeOf(head, seen);
  const isSame = change === 'none' || change === 'outside';
  if (!head || !seen || !isSame || !(await isNarrowed({ ...head, observation: seen }, ports))) return change;
  return isSettled(head) ? 'metadata' : 'content';
}

/** One that is on its way again, or held, is looked at already. */
const isDoubted = (head: Head | undefined, reason: string | undefined): boolean => reason === DOUBT && isSettled(head);

/** A transcript is part of what is seen of its recording, and a document of its own without one: each is looked at because of the other. */
function besideOf(source: string, key: string, known: Observation | undefined, seen: Observation | undefined): Hint[] {
  const [before, now] = [known?.transcript?.suffix, seen?.transcript?.suffix];
  const transcripts = before === now ? [] : [before, now].flatMap((suffix) => (suffix === undefined ? [] : [key + suffix]));
  return [recordingOf(key) ?? [], transcripts].flat().map((lookAt) => ({ source, lookAt }));
}

/** The reason in a hint that asks for a document to be run again though nothing about it changed. */
export const REFRESH: HintReason = 'refresh';
/** The reason in one that asks so because what is served of it is in doubt: until it passed again nobody finds it. */
const DOUBT: HintReason = 'doubt';

/**
 * Turns hints into changes: it looks at the source itself and counts the generation up on condition that the head is
 * still the one that it read. The order of hints, duplicates and lost ones do not matter.
 */
export const detectChange: Stage = {
  name: 'detect-change',
  ...SHAPES['detect-change'],
  async run(event, ports): Promise<(Emitted | Hint)[]> {
    if (event.source !== 'aws.s3') throw new Error(`detect-change does not take ${event['detail-type']}`);
    const { bucket, object } = event.detail;
    const document = documentId(ports.keys, bucket.name, object.key);
    const head = await ports.ledger.head(document);
    // Its place stays empty, whatever stands there; a case or an archive is made anew of what is left of it.
    if (isErased(head) && !isMadeAnew(head) && !isCase(object.key)) return [];
    const known = head?.observation ?? undefined;
    // The outside proved something that the bytes then did not hold: this time they are read.
    const trusted = known && isAbandoned(head) ? { ...known, at: 0 } : known;
    const observation = isCase(object.key)
      ? await observeCase(object.key, trusted, ports)
      : await ports.sources.observe(bucket.name, object.key, trusted);
    const change = await changeNow(head, observation, event.detail.reason, ports);
    const beside = besideOf(bucket.name, object.key, known, observation);
    if (change === 'none' && observation === known) return beside;
    if ((change === 'none' || change === 'outside') && head && observation) {
      // From when it was read again its outside can be trusted.
      await ports.ledger.put({ ...head, observation });
      return beside;
    }
    const told = await nextHead({ head, source: bucket.name, nativeId: object.key, document, observation }, change, ports);
    const next = isDoubted(head, event.detail.reason) ? { ...told, removed: true } : told;
    const { generation, revision } = next;
    const rules = ports.policies.source(await ports.policies.at(revision), bucket.name);
    const lane = rules.priority;
    const detail = { v: 1 as const, document, source: bucket.name, generation, revision, lane, hops: 0 };
    // Who may read it, and that it is gone, holds for what is in it, what it is in, and what stands beside it too.
    const around = [...(head ? caseHints(rules, head, next) : []), ...beside];
    const members = [...hintsOf(next, head?.members ?? []), ...around];
    if (observation) await noteCase(rules, next, ports);
    if (change === 'metadata' && head) {
      // Who may read it changes here, at once; the index follows.
      await ports.ledger.put({ ...next, state: 'indexed' });
      return [{ name: 'document.access-changed', detail }, ...members];
    }
    await ports.ledger.put(next);
    if (change === 'removal') return [{ name: 'document.removed', detail: { ...detail, reason: 'deleted' } }, ...members];
    return [{ name: 'document.changed', detail }, ...around];
  },
};
