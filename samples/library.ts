// Ingests a folder into a new index, searches it, and prints what it found: node samples/library.ts [folder] [query]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSluice } from '../apps/cli/library.ts';

const [folder = path.join(import.meta.dirname, 'documents'), query = 'how long is the warranty?'] = process.argv.slice(2);
const dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-sample-'));

const sluice = await openSluice({ dataDir, config: { chunking: { maxTokens: 200 } } });
try {
  const { indexed, rejected, chunksEmbedded } = await sluice.ingest([folder]);
  console.log(`${indexed} indexed, ${rejected} rejected, ${chunksEmbedded} chunks embedded`);

  const { hits } = await sluice.search(query, { top: 3, filters: [['language', 'en']] });
  for (const { score, uri, path: headings } of hits) console.log(score, path.basename(uri), headings.join(' > '));
} finally {
  await sluice.close();
  await rm(dataDir, { recursive: true });
}
