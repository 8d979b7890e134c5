import { canonicalJson } from '#core/fingerprint.ts';
import { type Config, DEFAULT_SOURCE } from '#schemas/config.ts';
import type { Db } from './sqlite/db.ts';
import { text } from './sqlite/unit.ts';

const nameOf = (source: string): string => `finding:${source}`;

/** By source, what decides who finds its documents beside the documents themselves. */
const settingsOf = ({ sources, classification }: Config): Map<string, string> =>
  new Map(
    [...sources, DEFAULT_SOURCE].map(({ name, access, classification: own, purposes }) => [
      name,
      canonicalJson({ access, own, purposes, classification }),
    ]),
  );

/** The served documents of sources that were set otherwise when they were last looked at: each has to be asked whether it is narrowed. */
export async function otherwiseSet(db: Pick<Db, 'all'>, config: Config): Promise<[source: string, files: string[]][]> {
  const found: [string, string[]][] = [];
  for (const [source, settings] of settingsOf(config)) {
    const [known] = await db.all('SELECT value FROM facts WHERE name = ?', [nameOf(source)]);
    if (known === undefined || text(known.value) === settings) continue;
    const rows = await db.all('SELECT opened_path(native_id) AS file FROM heads WHERE source = ? AND manifest IS NOT NULL', [source]);
    found.push([source, rows.map(({ file }) => text(file))]);
  }
  return found;
}

export async function rememberSettings(db: Pick<Db, 'commit'>, config: Config): Promise<void> {
  const sql =
    'INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value';
  await db.commit([...settingsOf(config)].map(([source, settings]) => ({ sql, params: [nameOf(source), settings] })));
}
