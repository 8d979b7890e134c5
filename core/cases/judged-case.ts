import type { Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import type { JudgedCase } from '#schemas/rules.ts';
import { type ServedPart, textOf } from './case-record.ts';
import { kindOf } from './parts.ts';

const titled = ({ format, metadata: { subject: _, keywords: __, ...own } }: Extracted) => ({ ...own, format });

/** What a rule sees of a case. */
export const judgedCase = (
  { source, uri, metadata: { tags } }: Head,
  key: string,
  record: Extracted,
  served: readonly ServedPart[],
  leftOut: number,
): JudgedCase => ({
  source,
  uri,
  format: record.format,
  metadata: { ...titled(record), caseKey: key, tags },
  key,
  parts: served.map((part) => ({
    kind: kindOf(part.metadata),
    uri: part.uri,
    metadata: part.metadata,
    text: textOf(part),
    warned: part.warned ?? [],
  })),
  leftOut,
});
