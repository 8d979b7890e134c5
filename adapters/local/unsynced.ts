import type { Config } from '#schemas/config.ts';
import type { ScanAnswer, ScanRequest } from './folder/scan-thread.ts';
import type { Reader } from './reader.ts';
import { scanRequest } from './scan-request.ts';
import { siblingModule } from './sibling-module.ts';
import { toError } from './sqlite/db.ts';
import { startThread } from './sqlite/thread.ts';
import { text } from './sqlite/unit.ts';

/** How many files of the folders that were ingested differ from the ledger now. */
export async function compareSources(dataDir: string, reader: Reader, config: Config): Promise<number> {
  const roots = await reader.all("SELECT value FROM facts WHERE name LIKE 'root:%'");
  const scanner = await startThread<ScanRequest, ScanAnswer>(siblingModule(import.meta.url, './folder/scan-thread'), undefined, toError);
  try {
    let differing = 0;
    for (const row of roots) {
      const answer = await scanner.ask(scanRequest(dataDir, config, text(row.value), false));
      if ('error' in answer) throw new Error(answer.error);
      differing += answer.scan.changed.length + answer.scan.gone.length;
    }
    return differing;
  } finally {
    await scanner.close();
  }
}
