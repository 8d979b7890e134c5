import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openConnection } from '../adapters/local/sqlite/connection.ts';
import { filesOf } from './contenders/folder.ts';
import { ROOT } from './contenders/index.ts';
import { EDIT_MARK } from './corpus.ts';
import { measure } from './measure.ts';

type Chunk = { source: string; text: string };

/** What a store holds. `vectors` counts its rows, served or not. */
type Stored = { chunks: Chunk[]; vectors: number };

/** What is in a store after a step, held against the files. */
export type Correctness = {
  chunks: number;
  /** Mean characters of a chunk. */
  length: number;
  /** Chunks and vectors whose text is in no file. */
  ghosts: number;
  /** Files without any chunk. */
  missing: number;
  /** Whether the edited paragraph is found. */
  edited: boolean;
};

function rowsOf(file: string, sql: string): Record<string, unknown>[] {
  const connection = openConnection(file, true);
  const rows = connection.all(sql, []);
  connection.close();
  return rows;
}

const vectorsIn = (file: string): number => Number(rowsOf(file, 'SELECT count(*) AS count FROM vectors')[0]?.count);

async function sluiceStored(data: string): Promise<Stored> {
  const { output } = await measure([path.join(ROOT, 'apps/cli/sluice.js'), 'export', '--data-dir', data], ROOT);
  const lines = output.split('\n').filter(Boolean);
  const chunks = lines.map((line) => {
    const { uri, text } = JSON.parse(line);
    return { source: path.basename(decodeURIComponent(new URL(uri).pathname)), text: String(text) };
  });
  return { chunks, vectors: vectorsIn(path.join(data, 'index.db')) };
}

function straightLineStored(data: string): Stored {
  const file = path.join(data, 'straight-line.db');
  const manifests = rowsOf(file, 'SELECT body FROM manifests').map(({ body }) => JSON.parse(String(body)));
  const chunks = manifests.flatMap(({ source, entries }) =>
    entries.map(({ text }: { text: string }) => ({ source: path.basename(source), text })),
  );
  return { chunks, vectors: vectorsIn(file) };
}

function peerStored(data: string): Stored {
  const file = path.join(data, 'peer.db');
  const chunks = rowsOf(file, 'SELECT source, text FROM chunks').map(({ source, text }) => ({
    source: path.basename(String(source)),
    text: String(text),
  }));
  return { chunks, vectors: vectorsIn(file) };
}

const storedBy = async (id: string, data: string): Promise<Stored> => {
  if (id === 'sluice') return sluiceStored(data);
  return id === 'straight-line' ? straightLineStored(data) : peerStored(data);
};

/** The words alone: contenders differ in how much of the markup they keep. */
const wordsOf = (text: string): string => (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

export async function check(id: string, data: string, folder: string): Promise<Correctness> {
  const { chunks, vectors } = await storedBy(id, data);
  const files = new Map(filesOf(folder).map((name) => [path.basename(name), wordsOf(readFileSync(path.join(folder, name), 'utf8'))]));
  const isGhost = ({ source, text }: Chunk): boolean => {
    const words = wordsOf(text);
    return !files.get(source)?.includes(words) && ![...files.values()].some((file) => file.includes(words));
  };
  const sources = new Set(chunks.map(({ source }) => source));
  return {
    chunks: chunks.length,
    length: chunks.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, chunks.length),
    ghosts: chunks.filter(isGhost).length + Math.max(0, vectors - chunks.length),
    missing: [...files.keys()].filter((name) => !sources.has(name)).length,
    edited: chunks.some(({ text }) => text.includes(EDIT_MARK)),
  };
}
