// Ingests notes of which one is too short for its source, shows what is held and why, and lets it go on: node samples/review.ts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSluice } from '../apps/cli/library.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'sluice-review-'));
const inbox = path.join(folder, 'inbox');
await mkdir(inbox);
await writeFile(path.join(inbox, 'label.txt'), 'Valve 7. Ask ana@example.com');

const sluice = await openSluice({ dataDir: path.join(folder, 'data'), config: { quality: { minCharacters: 40, threshold: 0.8 } } });
try {
  await sluice.ingest([inbox]);

  for (const { uri, documentId, hold, problem } of await sluice.held()) {
    console.log(path.basename(uri), problem?.message, hold.preview);
    await sluice.review(documentId, 'release', 'labels are short');
  }

  const { documents } = await sluice.status();
  console.log(`${documents.indexed} indexed, ${documents.held} held`);
} finally {
  await sluice.close();
  await rm(folder, { recursive: true });
}
