import { Document } from '@langchain/core/documents';
import { index } from '@langchain/core/indexing';
import { MarkdownTextSplitter } from '@langchain/textsplitters';
import { ChunkStore } from '../peers/chunk-store.ts';
import { SqliteRecords } from '../peers/langchain-records.ts';
import { LangChainStore } from '../peers/langchain-store.ts';
import { CHUNK_CHARACTERS } from '../settings.ts';
import { embedAsNumbers } from './embed.ts';
import { readAll } from './folder.ts';
import { work } from './job.ts';

const embeddings = {
  embedDocuments: (texts: string[]) => embedAsNumbers(texts),
  embedQuery: async (text: string) => (await embedAsNumbers([text]))[0] ?? [],
};

await work(async ({ step, files, data }) => {
  const store = new ChunkStore(data);
  const recordManager = new SqliteRecords(store);
  await recordManager.createSchema();
  const splitter = new MarkdownTextSplitter({ chunkSize: CHUNK_CHARACTERS, chunkOverlap: 0 });
  const documents = readAll(files).map(({ source, text }) => new Document({ pageContent: text, metadata: { source } }));
  await index({
    docsSource: await splitter.splitDocuments(documents),
    recordManager,
    vectorStore: new LangChainStore(embeddings, store),
    options: { cleanup: step === 'delete' ? 'full' : 'incremental', sourceIdKey: 'source' },
  });
  store.close();
});
