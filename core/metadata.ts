import type { Classification, Source } from '#schemas/config.ts';
import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import type { Metadata, Observation } from '#schemas/records/head.ts';
import type { Sidecar } from '#schemas/records/sidecar.ts';

const sidecarOf = (observation: Observation | null): Sidecar => (typeof observation?.sidecar === 'object' ? observation.sidecar : {});

export type Described = { metadata: Metadata; classification: Classification; access: string[] };

/** What is known of a document: its side-car overrules the file's own words, and these the source's defaults. */
export function describe(
  source: Source,
  observation: Observation | null,
  extracted: { metadata: DocumentMetadata; format?: string; pages?: number | undefined },
): Described {
  const sidecar = sidecarOf(observation);
  const { keywords = [], subject: _, ...own } = extracted.metadata;
  const { tags = [], classification, access, ...said } = sidecar;
  return {
    metadata: {
      ...own,
      ...said,
      ...(extracted.format !== undefined && { format: extracted.format }),
      ...(extracted.pages !== undefined && { pages: extracted.pages }),
      tags: [...new Set([...source.tags, ...tags, ...keywords])],
    },
    classification: classification ?? source.classification,
    access: access ?? source.access,
  };
}

const RANK: readonly Classification[] = ['public', 'internal', 'confidential', 'restricted'];

/** Who may read under both, and the stricter classification. */
export function narrower(a: Omit<Described, 'metadata'>, b: Omit<Described, 'metadata'>): Omit<Described, 'metadata'> {
  const access = a.access.includes('public')
    ? b.access
    : b.access.includes('public')
      ? a.access
      : a.access.filter((who) => b.access.includes(who));
  const classification = RANK.indexOf(a.classification) > RANK.indexOf(b.classification) ? a.classification : b.classification;
  return { access, classification };
}
