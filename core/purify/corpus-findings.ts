import type { Config } from '#schemas/config.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { contradictions } from '../dedupe/contradictions.ts';
import { type Copy, copiesOf, copyTrace, sinceOf } from '../dedupe/copies.ts';
import type { Sliceable } from '../joined-text.ts';
import type { Ports } from '../ports/index.ts';
import type { Finding } from './screen-text.ts';

type Needs = Pick<Ports, 'traces' | 'ledger' | 'keys' | 'clock'>;
type About = { document: DocumentId; generation: number };

/** Copies that are read to see whether they say otherwise. */
const READ = 3;
const HOUR_MS = 3_600_000;

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
 * whether it says otherwise than what it copies. Remembers the text's signature for those that follow.
 */
export async function corpusFindings({ document, generation }: About, text: Sliceable, config: Config, needs: Needs): Promise<Finding[]> {
  const { traces, keys, clock } = needs;
  const { copies: rules } = config.screening;
  const now = clock.now();
  const before = await traces.of(document, 'copy');
  const fresh = copyTrace(keys, text, now);
  await traces.forget(document, ['copy'], generation);
  if (!fresh) return [];
  const since = sinceOf(before, fresh, now);
  const trace = since === now ? fresh : (copyTrace(keys, text, since) ?? fresh);
  await traces.put(document, generation, 'copy', trace);
  const copies = await copiesOf(document, trace, traces);
  const together = copies.filter((copy) => Math.abs(copy.since - since) < rules.hours * HOUR_MS).length + 1;
  const against = await contradicted(text, copies, needs);
  return [
    ...(together >= rules.flood ? [{ rule: 'near-duplicate-flood', score: rules.floodWeight, count: together }] : []),
    ...(against > 0 ? [{ rule: 'contradicting-copy', score: rules.contradictionWeight, count: against }] : []),
  ];
}
