import { SluiceError } from '#core/errors.ts';
import type { Config } from '#schemas/config.ts';
import { identityOf, type Root } from './folder/folder-sources.ts';
import type { Scan, ScanAnswer, ScanRequest } from './folder/scan-thread.ts';
import { otherwiseSet, rememberSettings } from './narrowing.ts';
import { scanRequest, sourceOf } from './scan-request.ts';
import type { Db } from './sqlite/db.ts';
import type { Thread } from './sqlite/thread.ts';
import { text } from './sqlite/unit.ts';

export type SweepOptions = {
  /**
   * Whether an empty folder is believed. `watched`: yes while it is still the same folder and was seen with its contents,
   * since its deletions were then seen to happen.
   */
  allowEmpty: boolean | 'watched';
  /** Only these files and folders within the target. */
  paths?: readonly string[];
};

export type SweeperOptions = {
  db: Db;
  scanner: Thread<ScanRequest, ScanAnswer>;
  dataDir: string;
  config: Config;
  /** Folders that were taken up, the latest last; grows with each new target. */
  roots: Root[];
  hint(kind: 'Object Created' | 'Object Deleted', source: string, files: readonly string[]): Promise<void>;
};

/** The folders and files that were ever named, as `value`. */
export const ROOTS = "SELECT opened_path(value) AS value FROM facts WHERE name LIKE 'root:%'";

/** The folders that earlier runs took up: what is left of their work still concerns these. */
export async function formerRoots(db: Db): Promise<Root[]> {
  const rows = await db.all(ROOTS);
  return rows.map((row) => ({ path: text(row.value), identity: identityOf(text(row.value)), mayEmpty: false, isKnown: false }));
}

function takeUp(roots: Root[], target: string): Root {
  const at = roots.findIndex((root) => root.path === target);
  const [known] = at < 0 ? [] : roots.splice(at, 1);
  const root = known ?? { path: target, identity: identityOf(target), mayEmpty: false, isKnown: false };
  roots.push(root);
  return root;
}

/** Compares folders or files with the ledger, and sends the pipeline a hint for each difference. */
export function sweeper({ db, scanner, dataDir, config, roots, hint }: SweeperOptions) {
  return async (target: string, { allowEmpty, paths }: SweepOptions): Promise<Scan> => {
    if (target === dataDir) throw new SluiceError('invalid-input', `reading ${target}: it is the data directory itself`);
    const { name } = sourceOf(config, target);
    const root = takeUp(roots, target);
    if (allowEmpty !== 'watched') root.identity = identityOf(target);
    const isOther = (): boolean => root.identity !== undefined && root.identity !== identityOf(target);
    const believed = allowEmpty === 'watched' ? root.isKnown === true && !isOther() : allowEmpty;
    root.mayEmpty ||= believed;
    const remember = "INSERT INTO facts (name, value) VALUES ('root:' || sealed_path(?1), sealed_path(?1)) ON CONFLICT DO NOTHING";
    await db.commit([{ sql: remember, params: [target] }]);
    const answer = await scanner.ask(scanRequest(dataDir, config, target, believed, paths));
    if ('error' in answer) throw new Error(answer.error);
    const { scan } = answer;
    if (scan.confirmed.length > 0) {
      const confirm = 'UPDATE heads SET seen_at = ? WHERE document IN (SELECT value FROM json_each(?)) AND seen_at < ?';
      await db.commit([{ sql: confirm, params: [scan.at, JSON.stringify(scan.confirmed), scan.at] }]);
    }
    if (isOther()) {
      // Unmounted, or replaced: what is missing here says nothing of the folder that was taken up.
      scan.gone.length = 0;
      scan.unreadable.push({ path: target, reason: 'it is not the folder that it was' });
    }
    const isFull = paths === undefined || paths.includes(target);
    root.isKnown ||= isFull && !scan.unreadable.some(({ path }) => path === target);
    await hint('Object Created', name, scan.changed);
    await hint('Object Deleted', name, scan.gone);
    for (const [source, files] of Map.groupBy(scan.strays, (stray) => stray.source)) {
      await hint(
        'Object Deleted',
        source,
        files.map(({ file }) => file),
      );
    }
    if (isFull) {
      for (const [source, files] of await otherwiseSet(db, config)) await hint('Object Created', source, files);
      await rememberSettings(db, config);
    }
    return scan;
  };
}
