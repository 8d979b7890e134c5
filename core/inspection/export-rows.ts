import type { Purpose } from '#schemas/config.ts';
import type { Head } from '#schemas/records/head.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { ExportedChunk } from '#schemas/records/operations.ts';
import { isFor } from '../classification/may-find.ts';
import type { Inspection, Page } from '../ports/inspection.ts';
import { shownUri } from '../shown-uri.ts';
import { vectorHash } from './vector-hash.ts';

/** Documents that are looked at for one page, and characters of text after which it ends: an answer has a size. */
const DOCUMENTS = 25;
const CHARACTERS = 1_000_000;

/** A served document's chunks, as an export shows them; `hashes` are those of its vectors, in order. */
export function exportRows(head: Head, manifest: Manifest, hashes: readonly (string | null)[]): ExportedChunk[] {
  const { document: documentId, metadata, classification, access, source } = head;
  return manifest.entries.map(({ chunkId, text, path, page, start, end }, i) => ({
    documentId,
    uri: shownUri(head),
    chunkId,
    text,
    path,
    page: page ?? null,
    start,
    end,
    vector: hashes[i] ?? null,
    metadata: { ...metadata, source, classification, access },
  }));
}

async function rowsOf(head: Head, inspection: Inspection): Promise<ExportedChunk[]> {
  const digest = head.committed?.manifest;
  const manifest = digest && !head.removed ? await inspection.manifest(digest) : undefined;
  if (!manifest) return [];
  const keys = manifest.entries.map(({ vectorKey }) => vectorKey);
  const vectors = await inspection.vectors(keys);
  return exportRows(
    head,
    manifest,
    keys.map((key) => {
      const vector = vectors.get(key);
      return vector ? vectorHash(vector) : null;
    }),
  );
}

/** Where a page ends: the page of heads it is in, and how many of them it has had. */
const Cursor = /^(\d+):(.*)$/s;

/** A page of every served chunk. A document that changes between pages may be in both, as it was and as it is. */
export async function exportPage(
  { source, purpose, cursor = '0:' }: { source?: string | undefined; purpose: Purpose; cursor?: string | undefined },
  inspection: Inspection,
): Promise<Page<ExportedChunk>> {
  const [, skipped = '0', at = ''] = Cursor.exec(cursor) ?? [];
  const page = await inspection.heads({ limit: DOCUMENTS, ...(source !== undefined && { source }), ...(at !== '' && { cursor: at }) });
  const items: ExportedChunk[] = [];
  let characters = 0;
  for (let i = Number(skipped); i < page.items.length; i++) {
    const head = page.items[i];
    if (!head) break;
    if (characters > CHARACTERS) return { items, next: `${i}:${at}` };
    const rows = isFor(head, purpose) ? await rowsOf(head, inspection) : [];
    characters += rows.reduce((sum, { text }) => sum + text.length, 0);
    items.push(...rows);
  }
  return { items, next: page.next === undefined ? undefined : `0:${page.next}` };
}
