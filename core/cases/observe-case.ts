import type { CasePart, Head, Observation } from '#schemas/records/head.ts';
import { ContentHash } from '#schemas/records/ids.ts';
import { strictest } from '../classification/strictest.ts';
import { isErased } from '../erasure/tombstone.ts';
import { canonicalJson, digest } from '../fingerprint.ts';
import type { Ports } from '../ports/index.ts';
import { shownUri } from '../shown-uri.ts';
import { caseIdOf, caseOf } from './case-id.ts';
import { caseTraceKey } from './membership.ts';
import { inTimeOrder } from './parts.ts';

/** Documents that make a case at the most; one with more is rejected. */
export const MOST_PARTS = 500;

type Needs = Pick<Ports, 'traces' | 'ledger' | 'keys' | 'policies' | 'clock'>;

const isServed = ({ removed, committed }: Head): boolean => !removed && committed?.manifest != null;

/** What a document is to its case; nothing while it was never served and may still be. */
function partOf(head: Head): CasePart[] {
  const { document, metadata, state, committed, warned } = head;
  const part = { document, uri: shownUri(head), metadata };
  if (isServed(head) && committed?.manifest) return [{ ...part, manifest: committed.manifest, ...(warned && { warned }) }];
  return state === 'held' || state === 'rejected' || state === 'failed' ? [{ ...part, leftOut: state }] : [];
}

/** Whom an access list lets read: `public` opens nothing that is restricted. */
const readersOf = ({ access, classification }: Head): string[] =>
  classification === 'restricted' ? access.filter((who) => who !== 'public') : access;

function readersOfBoth(a: readonly string[], b: readonly string[]): string[] {
  const common = a.filter((who) => b.includes(who));
  if (common.includes('public')) return common;
  return a.includes('public') ? [...b] : b.includes('public') ? [...a] : common;
}

/**
 * A case as its parts are now: those that search serves, in time order, and those that are held or rejected. Who may read
 * it may read each part of it, and it is as strictly classified as the strictest. Undefined: nothing of it is served.
 */
export async function observeCase(nativeId: string, known: Observation | undefined, ports: Needs): Promise<Observation | undefined> {
  const { traces, ledger, keys, policies, clock } = ports;
  const { source = '', key = '' } = caseOf(nativeId) ?? {};
  const rules = policies.source(await policies.at(policies.current), source);
  if (!rules.cases || rules.name !== source) return undefined;
  const noted = await traces.sharing('case', [caseTraceKey(keys, nativeId)], MOST_PARTS + 1);
  const heads = await Promise.all([...noted.keys()].map((document) => ledger.head(document)));
  const members = heads.filter((head) => head !== undefined && head.observation !== null && !isErased(head));
  const own = members.flatMap((head) => (head && caseIdOf(rules, head) === nativeId ? [head] : []));
  const served = own.filter(isServed);
  const [first, ...others] = served;
  if (!first) return undefined;
  const access = others.reduce((readers, head) => readersOfBoth(readers, readersOf(head)), readersOf(first));
  const classification = served.reduce((strict, head) => strictest(strict, head.classification), first.classification);
  const parts = inTimeOrder(own.flatMap(partOf));
  const seen: Observation = {
    facts: { size: parts.length, mtimeNs: '0', ctimeNs: '0', inode: '0' },
    contentHash: ContentHash.parse(digest(canonicalJson(parts), 64)),
    sidecar: { caseKey: key, access, classification },
    parts,
    at: clock.now(),
  };
  // One of which the parts were others than these is looked at anew.
  return known && known.at > 0 && canonicalJson({ ...seen, at: known.at }) === canonicalJson(known) ? known : seen;
}

/** Whether something of what was in a case is in it no longer: then nothing of what was made of it is served any more. */
export function hasLost(known: Observation | undefined, seen: Observation | undefined): boolean {
  const served = new Set(seen?.parts?.flatMap(({ document, manifest }) => (manifest === undefined ? [] : [document])));
  return (known?.parts ?? []).some(({ document, manifest }) => manifest !== undefined && !served.has(document));
}
