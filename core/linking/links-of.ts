import type { Mention } from '#schemas/records/description.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { LinkRecord, LinkRecords } from '#schemas/records/pipeline-view.ts';
import type { Traces } from '../ports/traces.ts';

/** Documents that bear one name; `README.md` is that of many. */
const BEARERS = 5;
/** Documents that refer to one, as far as they are shown. */
const SHOWN = 50;

type Reading = {
  traces: Pick<Traces, 'of' | 'sharing'>;
  headsById(documents: readonly DocumentId[]): Promise<Iterable<Head>>;
};

const isThere = (head: Head | undefined): head is Head => head !== undefined && !head.removed && Boolean(head.committed?.manifest);

/**
 * What a document refers to and what refers to it, by what is served now: a reference is the name of a document, and who bears
 * it is found when it is asked, so that a rename, a removal and a newcomer need no other document to be read again.
 */
export async function linksOf(
  document: DocumentId,
  manifest: Pick<Manifest, 'references'> | undefined,
  { traces, headsById }: Reading,
): Promise<LinkRecords> {
  const references = manifest?.references ?? [];
  const own = manifest && (await traces.of(document, 'name'));
  const [bearers, ...found] = await Promise.all([
    Promise.all(references.map(({ key }) => traces.sharing('name', [key], BEARERS))),
    traces.sharing('reference', own?.keys ?? [], SHOWN),
    traces.sharing('address', own?.keys ?? [], SHOWN),
  ]);
  const referring = new Set(found.flatMap((documents) => [...documents.keys()]));
  const ids = new Set([...bearers.flatMap((documents) => [...documents.keys()]), ...referring]);
  ids.delete(document);
  const heads = new Map([...(await headsById([...ids]))].map((one) => [one.document, one]));
  const known = (documents: Iterable<DocumentId>): Head[] => [...documents].flatMap((id) => heads.get(id) ?? []).filter(isThere);
  return {
    references: references.map((mention, i) => recordOf(mention, known(bearers[i]?.keys() ?? []))).filter(isShown),
    referencedBy: known(referring).map(({ document, uri }) => ({ documentId: document, uri })),
  };
}

const recordOf = ({ text, by }: Mention, targets: readonly Head[]): LinkRecord => ({
  text,
  by,
  to: targets.map(({ document, uri }) => ({ documentId: document, uri })),
});

/** An address that is nobody's here leads out of what is indexed: it is not dangling. */
const isShown = ({ by, to }: LinkRecord): boolean => to.length > 0 || by !== 'address';
