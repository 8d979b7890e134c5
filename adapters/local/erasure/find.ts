import { realpathSync } from 'node:fs';
import path from 'node:path';
import { subjectKeys } from '#core/erasure/identifiers.ts';
import { withRelated } from '#core/erasure/members.ts';
import { headMentions, manifestMentions, nameMentions } from '#core/erasure/mentions.ts';
import { isErased } from '#core/erasure/tombstone.ts';
import { SluiceError } from '#core/errors.ts';
import { idOfShown } from '#core/members/member-id.ts';
import type { Keys } from '#core/ports/index.ts';
import type { ErasureRequest } from '#core/ports/pipeline.ts';
import type { Traces } from '#core/ports/traces.ts';
import type { ErasureCandidate, FoundBy } from '#schemas/records/erasure.ts';
import { Head } from '#schemas/records/head.ts';
import { served } from '../inspect.ts';
import type { Db } from '../sqlite/db.ts';
import { HEAD, listed, text } from '../sqlite/unit.ts';

export type Found = { head: Head; foundBy: FoundBy[] };
export type Finding = { db: Pick<Db, 'all'>; keys: Keys; traces: Pick<Traces, 'sharing'> };

const EVERY = Number.MAX_SAFE_INTEGER;

const realPath = (name: string): string => {
  try {
    return realpathSync(name);
  } catch {
    return path.resolve(name);
  }
};

/** The native id of a file within a file, by its path from anywhere: `inbox/a.zip!/b.txt`. */
function memberNamed(name: string): string {
  const [file = '', ...within] = name.split('!/');
  return idOfShown([realPath(file), ...within].join('!/'));
}

async function headsWhere(db: Pick<Db, 'all'>, condition: string, params: string[]): Promise<Head[]> {
  const rows = await db.all(`SELECT ${HEAD} FROM heads WHERE ${condition}`, params);
  return rows.map((row) => Head.parse(JSON.parse(text(row.body)))).filter((head) => !isErased(head));
}

async function named(db: Pick<Db, 'all'>, name: string): Promise<Head[]> {
  const path = name.replace(/^file:\/\//, '');
  const found = await headsWhere(db, 'document = ?1 OR native_id IN (sealed_path(?1), sealed_path(?2), sealed_path(?3))', [
    path,
    realPath(name),
    memberNamed(path),
  ]);
  if (found.length === 0) throw new SluiceError('not-found', 'erasing a document: none has this id, uri or path, or it was erased before');
  return found;
}

async function mentioning(db: Pick<Db, 'all'>, subject: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { head, manifest } of served(db)) if (manifest && manifestMentions(manifest, subject)) found.push(head.document);
  return found;
}

/** By the names of files, and by what side-cars say: of every document, served or not. */
async function toldOf(db: Pick<Db, 'all'>, subject: string): Promise<{ named: string[]; described: string[] }> {
  const heads = await headsWhere(db, 'true', []);
  const documents = (those: Head[]): string[] => those.map(({ document }) => document);
  return {
    named: documents(heads.filter((head) => nameMentions(head, subject))),
    described: documents(heads.filter((head) => headMentions(head, subject))),
  };
}

/**
 * The documents that are named, or in which a subject occurs: among the personal data that was found in them before it was
 * masked, in the names of their files, or in what their text still says.
 */
export async function findDocuments({ db, keys, traces }: Finding, { documents, subject }: ErasureRequest): Promise<Found[]> {
  const by = new Map<string, FoundBy[]>();
  const note = (ids: Iterable<string>, how: FoundBy): void => {
    for (const id of ids) by.set(id, [...(by.get(id) ?? []), how]);
  };
  for (const name of documents)
    note(
      (await named(db, name)).map(({ document }) => document),
      'document',
    );
  if (subject !== undefined) {
    note((await traces.sharing('identifier', subjectKeys(keys, subject), EVERY)).keys(), 'identifier');
    const { named: byName, described } = await toldOf(db, subject);
    note(byName, 'file-name');
    note(new Set([...(await mentioning(db, subject)), ...described]), 'text');
  }
  const headsById = (ids: readonly string[]) => headsWhere(db, 'document IN (SELECT value FROM json_each(?))', [listed(ids)]);
  const all = new Map<string, Found>();
  for (const head of await headsById([...by.keys()])) {
    const isNamed = by.get(head.document)?.includes('document') ?? false;
    for (const one of await withRelated(head, isNamed, keys, headsById))
      all.set(one.document, { head: one, foundBy: by.get(one.document) ?? ['related'] });
  }
  return [...all.values()];
}

/** What an erasure would remove. */
export async function erasable(finding: Finding, wanted: ErasureRequest): Promise<ErasureCandidate[]> {
  const found = await findDocuments(finding, wanted);
  return found.map(({ head, foundBy }) => ({ documentId: head.document, uri: head.uri, foundBy, chunks: head.committed?.chunks ?? 0 }));
}
