import type { PartKind, PartRecord } from '#schemas/records/case.ts';
import type { CasePart, Head, Metadata } from '#schemas/records/head.ts';

/** Formats that tell what a part is to whoever works on the case; everything else is a document. */
const KINDS: Record<Exclude<PartKind, 'document'>, readonly string[]> = {
  mail: ['eml', 'msg', 'mbox'],
  table: ['csv', 'tsv', 'json', 'ndjson', 'xlsx', 'xls', 'xlsb', 'ods', 'parquet'],
  photo: ['png', 'jpg', 'gif', 'bmp', 'tiff', 'webp'],
  recording: ['mp3', 'wav', 'mp4', 'ogg', 'flac', 'vtt', 'srt'],
};

export function kindOf({ format = '' }: Metadata): PartKind {
  for (const kind of ['mail', 'table', 'photo', 'recording'] as const) if (KINDS[kind].includes(format)) return kind;
  return 'document';
}

/** When it was made, as far as anybody says. */
export const dateOf = ({ created, modified }: Metadata): string | undefined => created ?? modified;

/** What has no date comes last. A time without a zone is taken for UTC, so that every machine gives the same order. */
function timeOf(metadata: Metadata): number {
  const date = dateOf(metadata) ?? '';
  const isLocal = date.includes('T') && !/(Z|[+-]\d\d:?\d\d)$/i.test(date);
  const time = Date.parse(isLocal ? `${date}Z` : date);
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}

/** In time order; of one time, by address. */
export const inTimeOrder = (parts: readonly CasePart[]): CasePart[] =>
  [...parts].sort((a, b) => {
    const [first, second] = [timeOf(a.metadata), timeOf(b.metadata)];
    if (first !== second) return first < second ? -1 : 1;
    return a.uri < b.uri ? -1 : 1;
  });

/** The parts of a case as people are shown them; undefined for every other document. */
export const partRecords = ({ observation }: Pick<Head, 'observation'>): PartRecord[] | undefined =>
  observation?.parts?.map(({ document, uri, metadata, leftOut }) => ({
    documentId: document,
    uri,
    kind: kindOf(metadata),
    title: metadata.title ?? null,
    date: dateOf(metadata) ?? null,
    leftOut: leftOut ?? null,
  }));
