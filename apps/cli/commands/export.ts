import { served } from '#adapters/local/inspect.ts';
import { openReader } from '#adapters/local/reader.ts';
import { type Command, flag, text } from '../command.ts';
import { dataDirOf } from '../configuration.ts';
import { print } from '../output.ts';

export const exportChunks: Command = {
  summary: 'print every indexed chunk, one JSON line each',
  operands: '',
  options: { jsonl: { type: 'boolean', help: 'JSON lines (the default, and the only form)' } },
  async run({ values }) {
    const source = text(values, 'source');
    const reader = await openReader(dataDirOf(values));
    const asValue = flag(values, 'json');
    let first = true;
    try {
      // What is indexed meanwhile would tear manifests and vectors apart.
      await reader.hold();
      if (asValue) await print('[');
      for await (const { head, manifest } of served(reader)) {
        if (!manifest || head.removed || (source !== undefined && head.source !== source)) continue;
        const vectors = await reader.vectorHashes(manifest.entries.map((entry) => entry.vectorKey));
        const { document: documentId, uri, metadata, classification, access } = head;
        const rows = manifest.entries.map(({ chunkId, text: body, path, page, start, end }, i) =>
          JSON.stringify({
            documentId,
            uri,
            chunkId,
            text: body,
            path,
            page: page ?? null,
            start,
            end,
            vector: vectors[i] ?? null,
            metadata: { ...metadata, source: head.source, classification, access },
          }),
        );
        for (const row of rows) {
          await print(asValue ? `${first ? '' : ','}${row}` : `${row}\n`);
          first = false;
        }
      }
      if (asValue) await print(']\n');
      return 0;
    } finally {
      await reader.close();
    }
  },
};
