import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { DocumentStory } from '#schemas/records/pipeline-view.ts';
import { duplicatesOf } from '../dedupe/duplicates-of.ts';
import type { Traces } from '../ports/traces.ts';
import { linksOf } from './links-of.ts';

/** What a document's relatives are read from. */
export type RelatedReading = {
  traces: Pick<Traces, 'of' | 'sharing'>;
  headsById(documents: readonly DocumentId[]): Promise<Iterable<Head>>;
  manifest(digest: string): Promise<Pick<Manifest, 'references' | 'turns'> | undefined>;
};

/** What people are shown of a document beside its head: near-copies, references both ways, and who speaks in it. */
export async function relatedTo(head: Head, reading: RelatedReading): Promise<Pick<DocumentStory, 'duplicates' | 'links' | 'turns'>> {
  const served = head.removed ? undefined : (head.committed?.manifest ?? undefined);
  const manifest = served === undefined ? undefined : await reading.manifest(served);
  const [duplicates, links] = await Promise.all([
    duplicatesOf(head.document, reading.traces, reading.headsById),
    linksOf(head.document, manifest, reading),
  ]);
  return { duplicates, links, turns: manifest?.turns ?? [] };
}
