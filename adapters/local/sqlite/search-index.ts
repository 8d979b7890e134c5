import { lexicalEmbedder } from '#core/embedding/lexical-embedder.ts';
import { SluiceError } from '#core/errors.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import type { SearchIndex } from '#core/ports/search.ts';
import { keywordQuery } from '#core/search/keyword-query.ts';
import { Head } from '#schemas/records/head.ts';
import { DocumentId, VectorKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { Connection } from './connection.ts';
import type { Row } from './protocol.ts';
import { HEAD, listed } from './unit.ts';

const MANIFESTS = 500;

/** sqlite-vec keeps no more candidates than this; beyond it every vector is compared and sorted, at about four times the cost. */
const MOST_NEIGHBOURS = 4_096;
const NEIGHBOURS = 'SELECT rowid, distance FROM vectors WHERE embedding MATCH ? AND k = ?';
const EVERY_NEIGHBOUR = 'SELECT rowid, vec_distance_cosine(embedding, ?) AS distance FROM vectors ORDER BY distance LIMIT ?';

/** The embedder whose vectors the index holds; another one's would rank at random. */
function embedderFor(model: string | undefined, dimensions: number): Embedder {
  const lexical = lexicalEmbedder({ dimensions });
  if (model === undefined || model === lexical.model) return lexical;
  const refuse = async (): Promise<never> => {
    throw new SluiceError('embedder-mismatch', `searching: the vectors are of ${model}, and this Sluice has ${lexical.model}`);
  };
  return { ...lexical, model, embed: refuse };
}

/** What a search reads, on one connection. */
export function sqliteSearchIndex(connection: Connection): SearchIndex {
  const facts = new Map(connection.all('SELECT name, value FROM facts', []).map((row) => [row.name, String(row.value)]));
  const manifests = new Map<string, Manifest>();
  const rank = (rows: Row[]) => rows.map((row) => ({ key: VectorKey.parse(row.key), score: Number(row.score) }));
  return {
    embedder: embedderFor(facts.get('model'), Number(facts.get('dimensions'))),
    async nearest(vector, most) {
      const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
      const found = most <= MOST_NEIGHBOURS ? NEIGHBOURS : EVERY_NEIGHBOUR;
      const sql = `SELECT chunks.key AS key, 1 - found.distance AS score FROM (${found}) AS found JOIN chunks ON chunks.id = found.rowid
        ORDER BY found.distance, chunks.key`;
      return rank(connection.all(sql, [bytes, most]));
    },
    async byKeywords(query, most) {
      const match = keywordQuery(query);
      if (match === undefined) return [];
      const sql = `SELECT chunks.key AS key, -found.rank AS score
        FROM (SELECT rowid, bm25(keywords, 1.0, 1.0) AS rank FROM keywords WHERE keywords MATCH ? ORDER BY rank LIMIT ?) AS found
        JOIN chunks ON chunks.id = found.rowid ORDER BY found.rank, chunks.key`;
      return rank(connection.all(sql, [match, most]));
    },
    async heads(documents) {
      const rows = connection.all(`SELECT ${HEAD} FROM heads WHERE document IN (SELECT value FROM json_each(?))`, [listed(documents)]);
      const heads = rows.map((row) => Head.parse(JSON.parse(String(row.body))));
      return new Map(heads.map((head) => [DocumentId.parse(head.document), head]));
    },
    async manifest(digest) {
      const known = manifests.get(digest);
      if (known) return known;
      const [row] = connection.all('SELECT body FROM manifests WHERE digest = ?', [digest]);
      if (!row) return undefined;
      const manifest = JSON.parse(String(row.body)) as Manifest;
      if (manifests.size >= MANIFESTS) manifests.clear();
      manifests.set(digest, manifest);
      return manifest;
    },
  };
}
