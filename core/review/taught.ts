import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Evidence } from '#schemas/records/review.ts';
import type { Sliceable } from '../joined-text.ts';
import type { Keys, Ports } from '../ports/index.ts';
import type { Traces } from '../ports/traces.ts';
import type { MaskPolicy } from '../purify/policy.ts';
import type { Hit } from '../purify/screening/phrase-matcher.ts';
import { quoteOf } from '../purify/screening/quote.ts';
import { worstPassage } from '../purify/screening/screen-content.ts';

/** Passages that a held document shows, and that its release teaches. */
const SHOWN = 20;
/** Passages of a document that are asked for, and documents whose releases answer. */
const ASKED = 50;
/** Passages that the releases of one document teach. */
const KEPT = 200;
const SENTENCE = 200;

/** Where the classifier's windows begin depends on what stands before them, and by itself it holds nothing. */
const isTaught = ({ rule }: Hit): boolean => rule !== 'classifier';

/** The sentences that a hit stands in: another text that begins with the same words is another passage. */
function passageOf(text: Sliceable, { start, end }: Hit): string {
  const before = text.slice(Math.max(0, start - SENTENCE), start);
  const after = text.slice(end, end + SENTENCE);
  const head = before.slice(before.search(/[^.!?\n。]*$/));
  const tail = after.slice(0, /[.!?\n。]|$/.exec(after)?.index);
  return (head + text.slice(start, end) + tail).replace(/\s+/g, ' ').trim().toLowerCase();
}

const keyOf = (source: string, text: Sliceable, hit: Hit, keys: Keys): string =>
  keys.hash('passage', `${source}\n${hit.rule}\n${passageOf(text, hit)}`);

/** What of a source's text the rules fit. */
type Read = { source: string; text: Sliceable; hits: readonly Hit[] };

/** The weightiest passages, for whoever decides. `policy`: one that redacts what it finds. */
export function evidenceOf({ source, text, hits }: Read, keys: Keys, policy: MaskPolicy): Evidence[] {
  const evidence = new Map<string, Evidence>();
  for (const hit of hits.toSorted((a, b) => b.weight - a.weight)) {
    const key = keyOf(source, text, hit, keys);
    if (!evidence.has(key)) evidence.set(key, { rule: hit.rule, quote: quoteOf(text, hit, policy), key });
    if (evidence.size === SHOWN) break;
  }
  return [...evidence.values()];
}

/** Of hits that would hold a document, what is left without those in passages that a person let pass in this source, by the same rule. */
export async function untaught(
  { source, text, hits }: Read,
  hold: number,
  { keys, traces }: Pick<Ports, 'keys' | 'traces'>,
): Promise<readonly Hit[]> {
  if (worstPassage(hits).score < hold) return hits;
  const keyed = hits.filter(isTaught).map((hit) => ({ hit, key: keyOf(source, text, hit, keys) }));
  const asked = [...new Set(keyed.toSorted((a, b) => b.hit.weight - a.hit.weight).map(({ key }) => key))].slice(0, ASKED);
  if (asked.length === 0) return hits;
  const notes = await traces.sharing('released', asked, ASKED);
  const released = new Set([...notes.values()].flatMap((note) => note.split(' ')));
  const passed = new Set(keyed.filter(({ key }) => released.has(key)).map(({ hit }) => hit));
  return hits.filter((hit) => !passed.has(hit));
}

/** From a release on, its source lets the same passages pass by the same rules, wherever they stand. */
export async function teach({ document, generation }: Head, evidence: readonly Evidence[], traces: Traces): Promise<void> {
  if (evidence.length === 0) return;
  const before = await traces.of(document, 'released');
  const keys = [...new Set([...evidence.map(({ key }) => key), ...(before?.keys ?? [])])].slice(0, KEPT);
  // One row for all of them: an older one would not name the newer keys.
  await unteach(document, generation, traces);
  await traces.put(document, generation, 'released', { keys, note: keys.join(' ') });
}

/** Takes back what the releases of a document taught. */
export async function unteach(document: DocumentId, generation: number, traces: Pick<Traces, 'forget'>): Promise<void> {
  await traces.forget(document, ['released'], generation);
}
