import { checkSidecar } from '#core/sidecar.ts';
import type { Sidecar } from '#schemas/records/sidecar.ts';

/** Fields that an object's metadata (`x-amz-meta-title`) or tags (`title`) may say. S3 gives metadata names in small letters. */
const FIELDS = new Map(
  ['title', 'author', 'created', 'modified', 'tags', 'caseKey', 'classification', 'access'].map((field) => [field.toLowerCase(), field]),
);
/** A tag's value has no comma, so spaces divide there as well; a principal's name has neither. */
const LISTS = { tags: /\s*,\s*/, access: /[\s,]+/ };

/** S3 encodes a metadata value that is not ASCII as RFC 2047 says: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const decoded = (value: string): string =>
  value.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString()
      : Buffer.from(
          text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/gi, (_hex, code) => String.fromCharCode(Number.parseInt(code, 16))),
          'latin1',
        ).toString(),
  );

const isList = (field: string): field is keyof typeof LISTS => Object.hasOwn(LISTS, field);

function fieldsOf(said: Record<string, string>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, raw] of Object.entries(said)) {
    const field = FIELDS.get(name.toLowerCase());
    if (field === undefined) continue;
    const value = decoded(raw).trim();
    fields[field] = isList(field) ? value.split(LISTS[field]).filter((one) => one !== '') : value;
  }
  return fields;
}

/**
 * What is said of an object: by its metadata, overruled by its tags, overruled by its side-car. Names that are none of a
 * side-car's fields belong to others and are left alone; a bad value is the reason why the whole cannot be read.
 */
export function describedBy(
  metadata: Record<string, string>,
  tags: Record<string, string>,
  sidecar: Sidecar | string | undefined,
): Sidecar | string | undefined {
  if (typeof sidecar === 'string') return sidecar;
  const own = { ...fieldsOf(metadata), ...fieldsOf(tags) };
  if (Object.keys(own).length === 0) return sidecar;
  const checked = checkSidecar(own);
  return typeof checked === 'string' ? `object metadata and tags: ${checked}` : { ...checked, ...sidecar };
}
