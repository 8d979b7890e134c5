// Prints the events that one file causes, as they are committed: node samples/trace-document.ts [file]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSluice } from '../apps/cli/library.ts';

const [file = path.join(import.meta.dirname, 'documents/service/runbook-pressure-loss.md')] = process.argv.slice(2);
const dataDir = await mkdtemp(path.join(tmpdir(), 'sluice-sample-'));

const sluice = await openSluice({ dataDir, onEvent: (event) => console.log(JSON.stringify(event)) });
try {
  await sluice.ingest([file]);
} finally {
  await sluice.close();
  await rm(dataDir, { recursive: true });
}
