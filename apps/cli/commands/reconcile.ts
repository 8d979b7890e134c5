import path from 'node:path';
import { type Reconciliation, reconcileStores } from '#adapters/local/inspect.ts';
import { openReader } from '#adapters/local/reader.ts';
import { compareSources } from '#adapters/local/unsynced.ts';
import { currentFingerprint } from '#adapters/local/world.ts';
import { type Command, flag } from '../command.ts';
import { dataDirOf, loadConfig } from '../configuration.ts';
import { print, printJson } from '../output.ts';

const WORDS: [keyof Reconciliation, string][] = [
  ['missing', 'chunks that a manifest has and the index has not'],
  ['ghosts', 'chunks that the index has and no manifest (never served)'],
  ['broken', 'documents whose manifest is lost'],
  ['stale', 'documents indexed under another configuration'],
  ['unsynced', 'files that changed, came or went since they were looked at'],
];

export const reconcile: Command = {
  summary: 'compare source, ledger and indexes in full, and report every difference',
  operands: '',
  options: {},
  async run({ values }) {
    const config = await loadConfig(values);
    const dataDir = path.resolve(dataDirOf(values));
    const reader = await openReader(dataDir);
    try {
      await reader.hold();
      const stores = await reconcileStores(reader, currentFingerprint(config));
      await reader.free();
      const unsynced = await compareSources(dataDir, reader, config);
      const drift = stores.missing + stores.ghosts + stores.broken + stores.stale + unsynced;
      const found: Reconciliation = { drift, ...stores, unsynced };
      if (flag(values, 'json')) await printJson(found);
      else {
        const lines = WORDS.filter(([field]) => found[field] > 0).map(
          ([field, words]) => `${String(found[field]).padStart(6)}  ${words}\n`,
        );
        await print(
          `${found.documents} documents, ${found.chunks} chunks: ${drift === 0 ? 'no drift' : `drift ${drift}`}\n${lines.join('')}`,
        );
      }
      return 0;
    } finally {
      await reader.close();
    }
  },
};
