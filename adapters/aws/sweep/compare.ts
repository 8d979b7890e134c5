import { isErased } from '#core/erasure/tombstone.ts';
import { canonicalJson } from '#core/fingerprint.ts';
import { outermostOf } from '#core/members/member-id.ts';
import { objectEvent } from '#core/runtime.ts';
import { documentId } from '#core/stages/detect-change.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import { DocumentState } from '#schemas/records/head.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import { documentOfItem, readHeads } from '../dynamo/ledger-items.ts';
import { queryPage } from '../dynamo/table.ts';
import { headOf } from '../s3/object-facts.ts';
import { type Listed, listPage } from '../s3/objects.ts';
import { subjectOf } from '../s3/s3-sources.ts';
import type { AwsWorld } from '../world.ts';
import type { Place } from './place.ts';

/** An object that changed this short a time ago has its own event on the way. */
const GRACE_MS = 10 * 60_000;
/** Objects looked at side by side. */
const AT_ONCE = 16;

export type Step = { hints: { kind: 'Object Created' | 'Object Deleted'; source: string; key: string }[]; next: Place | undefined };

type Facts = { etag?: string; size?: number };
const isSeen = (seen: object | undefined, { ETag, Size }: Listed): boolean => {
  const { etag, size }: Facts = seen ?? {};
  return etag === ETag && size === Size;
};

/** Whether an object, or the side-car that it is, is what the head's observation saw. */
function isKnown(head: Head | undefined, object: Listed & { Key: string }): boolean {
  const observation = head?.observation;
  return isSeen(object.Key.endsWith(SIDECAR_SUFFIX) ? observation?.sidecarFacts : observation?.facts, object);
}

/** A page of the inbox against the ledger: what is new or other there, by key. */
export async function compareInbox({ context, inbox, ledger }: AwsWorld, place: Place): Promise<Step> {
  const { objects, next } = await listPage(inbox.bucket, '', place.after);
  const settledBefore = context.clock.now() - GRACE_MS;
  const owned = objects.flatMap((object) => {
    const key = subjectOf(object.Key ?? '');
    const source = inbox.sourceOf(key);
    const isSettled = (object.LastModified?.getTime() ?? 0) < settledBefore;
    const document = documentId(context.keys(), source, key);
    return object.Key !== undefined && isSettled && inbox.owns(source, key)
      ? [{ object: { ...object, Key: object.Key }, source, key, document }]
      : [];
  });
  const heads = await readHeads(
    ledger,
    owned.map(({ document }) => document),
  );
  // A side-car without its file waits for it; the file's own line says more.
  const other = owned.filter(({ object, document, key }) => {
    const head = heads.get(document);
    return !isErased(head) && !isKnown(head, object) && (object.Key === key || head?.observation);
  });
  const hints = new Map(other.map(({ source, key }) => [key, { kind: 'Object Created' as const, source, key }]));
  return { hints: [...hints.values()], next: next === undefined ? { at: 'ledger', found: place.found } : { ...place, after: next } };
}

async function inTurns<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE) results.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(run))));
  return results;
}

/** Whether a document that the ledger has is no longer in the inbox, or no longer part of its source, or its side-car went. */
async function isGone({ inbox }: AwsWorld, head: Head): Promise<boolean> {
  const { source, nativeId, observation } = head;
  if (!observation || !head.uri.startsWith(`s3://${inbox.bucket}/`)) return false;
  // A file within another is there as long as that is; what is in it is told by whoever reads it.
  const key = 'kept' in observation.facts ? outermostOf(nativeId) : nativeId;
  if (!inbox.owns(source, key)) return true;
  const keys = [key, ...(observation.sidecarFacts ? [`${key}${SIDECAR_SUFFIX}`] : [])];
  const there = await Promise.all(keys.map((key) => headOf({ bucket: inbox.bucket, key })));
  return there.some((object) => object === undefined);
}

const PRESENT = DocumentState.options.filter((state) => state !== 'removed');

/** A page of the documents in one state against the inbox. */
export async function compareLedger(world: AwsWorld, place: Place): Promise<Step> {
  const { ledger } = world;
  const state = place.state ?? PRESENT[0] ?? 'indexed';
  const { items, next } = await queryPage(ledger.table, {
    IndexName: 'byState',
    KeyConditionExpression: '#state = :state',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': { S: state } },
    Limit: 500,
    ...(place.after !== undefined && { ExclusiveStartKey: JSON.parse(place.after) }),
  });
  const heads = [...(await readHeads(ledger, items.map(documentOfItem))).values()];
  const gone = await inTurns(heads, (head) => isGone(world, head));
  const hints = heads.flatMap(({ source, nativeId: key }, i) => (gone[i] ? [{ kind: 'Object Deleted' as const, source, key }] : []));
  if (next) return { hints, next: { ...place, state, after: canonicalJson(next) } };
  const following = PRESENT[PRESENT.findIndex((one) => one === state) + 1];
  return { hints, next: following && { at: 'ledger', state: following, found: place.found } };
}

export const eventsOf = ({ context: { ids, clock } }: AwsWorld, hints: Step['hints']): BusEvent[] =>
  hints.map(({ kind, source, key }) => objectEvent(kind, source, key, { ids, clock }));
