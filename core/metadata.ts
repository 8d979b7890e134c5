import type { Classification, ClassificationRules, Purpose, Source } from '#schemas/config.ts';
import type { DESCRIPTION, Description } from '#schemas/records/description.ts';
import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import type { Metadata, Observation } from '#schemas/records/head.ts';
import { caseKeyOf } from './cases/case-id.ts';
import { classify, type Evidence } from './classification/classify.ts';
import { strictest } from './classification/strictest.ts';
import { withAncestors } from './describing/tags.ts';
import { isLabel, sidecarOf } from './sidecar-words.ts';

type Told = Pick<Description, keyof typeof DESCRIPTION>;

/** What is told of a document by what it says. */
const toldOf = ({ topic, keyPhrases, entities, sentiment, joined }: Told): Told => ({
  ...(topic && { topic }),
  ...(keyPhrases && { keyPhrases }),
  ...(entities && { entities }),
  ...(sentiment && { sentiment }),
  ...(joined && { joined }),
});

export type Described = { metadata: Metadata; classification: Classification; access: string[]; purposes: Purpose[] };

/**
 * What is known of a document: its side-car overrules the file's own words, and these the source's defaults. Of
 * classifications the strictest holds, unless the side-car says one.
 */
export function describe(
  source: Source,
  observation: Observation | null,
  extracted: {
    metadata: DocumentMetadata;
    format?: string;
    pages?: number | undefined;
    words?: number;
    readingLevel?: number;
    said?: DocumentMetadata;
  } & Told &
    Evidence,
  rules: ClassificationRules,
  nativeId = '',
): Described {
  const sidecar = sidecarOf(observation);
  const { keywords = [], subject: _, ...own } = extracted.metadata;
  // Its words are told as they were masked; what was not masked yet is not told.
  const { tags = [], classification, access, title, author: _author, ...said } = sidecar;
  const { keywords: masked = [], ...words } = extracted.said ?? {};
  const caseKey = caseKeyOf(source, nativeId, { ...own, ...said, ...(title !== undefined && { title }) });
  return {
    metadata: {
      ...own,
      ...said,
      ...words,
      ...(caseKey !== undefined && { caseKey }),
      ...(extracted.format !== undefined && { format: extracted.format }),
      ...(extracted.pages !== undefined && { pages: extracted.pages }),
      ...(extracted.words !== undefined && { words: extracted.words }),
      ...(extracted.readingLevel !== undefined && { readingLevel: extracted.readingLevel }),
      ...toldOf(extracted),
      tags: [...new Set([...withAncestors([...source.tags, ...tags.filter(isLabel), ...masked]), ...keywords])],
    },
    classification: classification ?? classify(source.classification, extracted, rules),
    access: access ?? source.access,
    purposes: source.purposes,
  };
}

type Readers = Pick<Described, 'access' | 'classification'>;

/** Who may read under both, and the stricter classification. */
export function narrower(a: Readers, b: Readers): Readers {
  const access = a.access.includes('public')
    ? b.access
    : b.access.includes('public')
      ? a.access
      : a.access.filter((who) => b.access.includes(who));
  return { access, classification: strictest(a.classification, b.classification) };
}
