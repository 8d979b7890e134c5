import type { Reconciliation } from '#schemas/records/operations.ts';
import { type Command, flag } from '../command.ts';
import { counted, print, printJson } from '../output.ts';
import { withPipeline } from '../pipeline.ts';

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
  isRemote: true,
  options: {},
  async run({ values }) {
    const found = await withPipeline(values, (pipeline) => pipeline.reconcile());
    if (flag(values, 'json')) {
      await printJson(found);
      return 0;
    }
    const lines = WORDS.filter(([field]) => found[field] > 0).map(([field, words]) => `${String(found[field]).padStart(6)}  ${words}\n`);
    await print(
      `${counted(found.documents, 'document')}, ${counted(found.chunks, 'chunk')}: ${found.drift === 0 ? 'no drift' : `drift ${found.drift}`}\n${lines.join('')}`,
    );
    return 0;
  },
};
