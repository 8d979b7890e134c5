import type { Ledger } from '#core/ports/ledger.ts';
import { servedChunks } from '#core/served-chunks.ts';
import { Head } from '#schemas/records/head.ts';
import type { WorkKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import type { SqlValue } from './sqlite/protocol.ts';
import { HEAD, text, type Unit } from './sqlite/unit.ts';

/** What the folder comparison needs of an observation, without reading the whole head. */
function seenOf({ observation }: Head): string {
  if (!observation) return 'null';
  const { facts, contentHash, sidecarFacts, transcript } = observation;
  return JSON.stringify({ facts, contentHash, sidecarFacts, transcript });
}

const columnsOf = (head: Head): SqlValue[] => [
  head.version + 1,
  head.source,
  head.nativeId,
  head.state,
  head.observation ? 1 : 0,
  head.updatedAt,
  seenOf(head),
  head.observation?.at ?? 0,
  head.committed?.manifest ?? null,
  servedChunks(head),
  JSON.stringify({ ...head, version: head.version + 1 }),
];

const INSERT = `INSERT INTO heads (version, source, native_id, state, present, updated_at, seen, seen_at, manifest, chunks, body, document)
  VALUES (?1, ?2, sealed_path(?3), ?4, ?5, ?6, ?7, ?8, ?9, ?10, sealed(?11, ?12), ?12) ON CONFLICT DO NOTHING`;
const UPDATE = `UPDATE heads SET version = ?1, source = ?2, native_id = sealed_path(?3), state = ?4, present = ?5, updated_at = ?6, seen = ?7,
  seen_at = ?8, manifest = ?9, chunks = ?10, body = sealed(?11, ?12) WHERE document = ?12 AND version = ?13`;
const HAS_BATCHES = `UPDATE facts SET value = value WHERE name = 'dimensions'
  AND (SELECT count(*) FROM steps WHERE document = ? AND generation = ? AND step >= ? AND step < ?) = ?`;
const ADD_STEP = 'INSERT INTO steps (document, generation, step) VALUES (?, ?, ?)';

/** Plans are named by their generation, and their batches stand among its steps. */
function batchesOf(plan: WorkKey): { document: string; generation: number; prefix: string } {
  const [, document = '', generation = '0'] = plan.split('/');
  return { document, generation: Number(generation), prefix: `batch ${plan}#` };
}

export const sqliteLedger = ({ db, statements }: Unit): Ledger => ({
  async head(document) {
    const [row] = await db.all(`SELECT ${HEAD} FROM heads WHERE document = ?`, [document]);
    return row && Head.parse(JSON.parse(text(row.body)));
  },
  async put(head) {
    const insert = head.version === 0;
    const params = [...columnsOf(head), head.document, ...(insert ? [] : [head.version])];
    statements.push({ sql: insert ? INSERT : UPDATE, params, changes: 1 });
  },
  async holds({ document, version }) {
    statements.push({
      sql: 'UPDATE heads SET version = version WHERE document = ? AND version = ?',
      params: [document, version],
      changes: 1,
    });
  },
  async manifest(digest) {
    const [row] = await db.all('SELECT body FROM manifests WHERE digest = ?', [digest]);
    // Only this store wrote it, and it is long: checking 1,500 entries again costs more than reading them.
    return row && (JSON.parse(text(row.body)) as Manifest);
  },
  async putManifest(digest, manifest) {
    statements.push({
      sql: 'INSERT INTO manifests (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING',
      params: [digest, JSON.stringify(manifest)],
    });
  },
  async deleteManifest(digest) {
    statements.push({ sql: 'DELETE FROM manifests WHERE digest = ?', params: [digest] });
  },
  async addBatch(plan, batch, of) {
    const { document, generation, prefix } = batchesOf(plan);
    const after = `${prefix.slice(0, -1)}$`;
    const rows = await db.all('SELECT step FROM steps WHERE document = ? AND generation = ? AND step >= ? AND step < ?', [
      document,
      generation,
      prefix,
      after,
    ]);
    const step = `${prefix}${batch}`;
    const known = rows.some((row) => row.step === step);
    if (!known) {
      statements.push({ sql: HAS_BATCHES, params: [document, generation, prefix, after, rows.length], changes: 1 });
      statements.push({ sql: ADD_STEP, params: [document, generation, step] });
    }
    return rows.length + (known ? 0 : 1) >= of;
  },
  async isDone(document, generation, step) {
    const rows = await db.all('SELECT 1 FROM steps WHERE document = ? AND generation = ? AND step = ?', [document, generation, step]);
    return rows.length > 0;
  },
  async forgetSteps(document, generation) {
    statements.push({ sql: 'DELETE FROM steps WHERE document = ? AND generation <= ?', params: [document, generation] });
  },
});

export const markDone = (document: string, generation: number, step: string) => ({
  sql: 'INSERT INTO steps (document, generation, step) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  params: [document, generation, step],
  changes: 1,
});
