import type { Config } from '#schemas/config.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { contradictions } from '../dedupe/contradictions.ts';
import { asInFlood, type Copy, copiesOf, copyTrace, sinceOf } from '../dedupe/copies.ts';
import type { Sliceable } from '../joined-text.ts';
import type { Ports } from '../ports/index.ts';
import type { Trace } from '../ports/traces.ts';
import type { Finding } from './screen-text.ts';

type Needs = Pick<Ports, 'traces' | 'ledger' | 'keys' | 'clock'>;
type About = { document: DocumentId; generation: number };

/** Copies that are read to see whether they say otherwise. */
const READ = 3;
const HOUR_MS = 3_600_000;
/** Early members of a flood that are looked at again because of one document; the next one names the rest. */
const EARLY = 100;

/** `early`: near-copies that passed before there were enough of them to be a flood. `trace`: by which those that follow find this one. */
export type CorpusFindings = { findings: Finding[]; early: DocumentId[]; trace?: Trace };

/** The text that is served of a document; undefined: none is. */
async function servedText(document: DocumentId, { ledger }: Needs): Promise<string | undefined> {
  const head = await ledger.head(document);
  const digest = head?.removed ? undefined : head?.committed?.manifest;
  const manifest = digest ? await ledger.manifest(digest) : undefined;
  return manifest?.entries.map(({ text }) => text).join('\n');
}

async function contradicted(text: Sliceable, copies: readonly Copy[], needs: Needs): Promise<number> {
  const near = copies.filter(({ similarity }) => similarity < 1).slice(0, READ);
  const texts = await Promise.all(near.map(({ document }) => servedText(document, needs)));
  return texts.reduce((sum, other) => sum + (other === undefined ? 0 : contradictions(text.slice(0, text.length), other)), 0);
}

/**
 * What a document's text says beside those of all others: whether it is one of many near-copies that came in a short time, and
 * whether it says otherwise than what it copies. Remembers the text's signature for those that follow; it is written before
 * the others are counted, so that of those that come at one time the last sees all.
 */
export async function corpusFindings(
  { document, generation }: About,
  text: Sliceable,
  config: Config,
  needs: Needs,
): Promise<CorpusFindings> {
  const { traces, keys, clock } = needs;
  const { copies: rules } = config.screening;
  const now = clock.now();
  const before = await traces.of(document, 'copy');
  const fresh = copyTrace(keys, text, now);
  await traces.forget(document, ['copy'], generation);
  if (!fresh) return { findings: [], early: [] };
  const since = sinceOf(before, fresh, now);
  const trace = since === now ? fresh : (copyTrace(keys, text, since) ?? fresh);
  await traces.put(document, generation, 'copy', trace);
  const copies = await copiesOf(document, trace, traces);
  const near = copies.filter((copy) => Math.abs(copy.since - since) < rules.hours * HOUR_MS);
  const together = near.length + 1;
  const isFlood = together >= rules.flood;
  const told = isFlood ? asInFlood(trace) : trace;
  if (isFlood) await traces.put(document, generation, 'copy', told);
  const against = await contradicted(text, copies, needs);
  const findings = [
    ...(isFlood ? [{ rule: 'near-duplicate-flood', score: rules.floodWeight, count: together }] : []),
    ...(against > 0 ? [{ rule: 'contradicting-copy', score: rules.contradictionWeight, count: against }] : []),
  ];
  const unaware = isFlood ? near.filter(({ inFlood }) => !inFlood).sort((a, b) => a.since - b.since) : [];
  return { findings, early: unaware.slice(0, EARLY).map((copy) => copy.document), trace: told };
}
