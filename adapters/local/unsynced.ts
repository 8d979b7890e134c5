import { siblingModule } from '#adapters/parsing/sibling-module.ts';
import { changeOf } from '#core/change.ts';
import { isErased } from '#core/erasure/tombstone.ts';
import type { Keys } from '#core/ports/index.ts';
import { documentId } from '#core/stages/detect-change.ts';
import type { Config } from '#schemas/config.ts';
import { Head } from '#schemas/records/head.ts';
import { observeFile } from './folder/facts.ts';
import type { ScanAnswer, ScanRequest } from './folder/scan-thread.ts';
import type { Reader } from './reader.ts';
import { scanRequest, sourceOf } from './scan-request.ts';
import { toError } from './sqlite/db.ts';
import { startThread } from './sqlite/thread.ts';
import { HEAD, text } from './sqlite/unit.ts';
import { storeKeys } from './store-key.ts';
import { ROOTS } from './sweep.ts';

/** Whether a file whose outside is other, or too young to tell, differs in its bytes or its side-car. */
async function differs(reader: Reader, keys: Keys, source: string, file: string): Promise<boolean> {
  // By its id: what was erased has no other name.
  const [row] = await reader.all(`SELECT ${HEAD} FROM heads WHERE document = ?`, [documentId(keys, source, file)]);
  if (!row) return true;
  const head = Head.parse(JSON.parse(text(row.body)));
  if (isErased(head)) return false;
  try {
    const change = changeOf(head, observeFile(file, Date.now, 0));
    return change !== 'none' && change !== 'outside';
  } catch {
    // It is being written, or cannot be read: it is not known to be the same.
    return true;
  }
}

/** How many files of the folders that were ingested differ from the ledger now. */
export async function compareSources(dataDir: string, reader: Reader, config: Config): Promise<number> {
  const roots = await reader.all(ROOTS);
  const scanner = await startThread<ScanRequest, ScanAnswer>(siblingModule(import.meta.url, './folder/scan-thread'), undefined, toError);
  const differing = new Set<string>();
  const keys = storeKeys(dataDir);
  try {
    for (const row of roots) {
      const root = text(row.value);
      const answer = await scanner.ask(scanRequest(dataDir, config, root, false));
      if ('error' in answer) throw new Error(answer.error);
      const { changed, gone, strays } = answer.scan;
      for (const file of gone) differing.add(file);
      for (const { source, file } of strays) differing.add(`${source}:${file}`);
      const { name } = sourceOf(config, root);
      for (const file of changed) if (!differing.has(file) && (await differs(reader, keys, name, file))) differing.add(file);
    }
    return differing.size;
  } finally {
    await scanner.close();
  }
}
