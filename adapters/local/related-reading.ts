import type { RelatedReading } from '#core/linking/related.ts';
import { Manifest } from '#schemas/records/manifest.ts';
import type { PipelineOverview } from '#schemas/records/pipeline-view.ts';
import { headsById } from './document-listing.ts';
import type { Reader } from './reader.ts';
import { text } from './sqlite/unit.ts';
import { storedTraces } from './sqlite-traces.ts';

/** What a document's relatives are read from on one machine. */
export const relatedReading = (reader: Reader): RelatedReading => ({
  traces: storedTraces(reader),
  headsById: (documents) => headsById(reader, documents),
  async manifest(digest) {
    const [row] = await reader.all('SELECT body FROM manifests WHERE digest = ?', [digest]);
    return row && Manifest.parse(JSON.parse(text(row.body)));
  },
});

const COUNT = `SELECT refers.kind AS kind, count(*) AS all_of_them,
  sum(EXISTS (SELECT 1 FROM trace_keys AS named WHERE named.kind = 'name' AND named.key = refers.key AND named.document <> refers.document)) AS resolved
  FROM (SELECT DISTINCT kind, key, document FROM trace_keys WHERE kind IN ('reference', 'address')) AS refers GROUP BY refers.kind`;

/** References between documents, and those that lead to none: an address may lie outside, and does not dangle. */
export async function countLinks(reader: Pick<Reader, 'all'>): Promise<NonNullable<PipelineOverview['links']>> {
  const isThere = (await reader.all("SELECT 1 FROM sqlite_master WHERE name = 'trace_keys'")).length > 0;
  const rows = isThere ? await reader.all(COUNT) : [];
  const resolved = rows.reduce((sum, row) => sum + Number(row.resolved), 0);
  const named = rows.find(({ kind }) => kind === 'reference');
  return { resolved, dangling: named ? Number(named.all_of_them) - Number(named.resolved) : 0 };
}
