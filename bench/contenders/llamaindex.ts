import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BaseEmbedding } from '@llamaindex/core/embeddings';
import { SentenceSplitter } from '@llamaindex/core/node-parser';
import { Document } from '@llamaindex/core/schema';
import { SimpleKVStore } from '@llamaindex/core/storage/kv-store';
import { getEncoding } from 'js-tiktoken';
import { DocStoreStrategy, IngestionPipeline } from 'llamaindex/ingestion';
import { SimpleDocumentStore } from 'llamaindex/storage';
import { ChunkStore } from '../peers/chunk-store.ts';
import { LlamaIndexStore } from '../peers/llamaindex-store.ts';
import { CHUNK_TOKENS, EMBED_BATCH } from '../settings.ts';
import { embedAsNumbers } from './embed.ts';
import { readAll } from './folder.ts';
import { work } from './job.ts';

class SharedEmbedding extends BaseEmbedding {
  constructor() {
    super();
    this.embedBatchSize = EMBED_BATCH;
    this.getTextEmbeddings = (texts) => embedAsNumbers(texts);
  }

  async getTextEmbedding(text: string): Promise<number[]> {
    return (await embedAsNumbers([text]))[0] ?? [];
  }
}

/** What the library counts with when its optional peer `gpt-tokenizer` is not installed. */
function plainTokenizer() {
  const encoding = getEncoding('cl100k_base');
  return {
    encode: (text: string) => new Uint32Array(encoding.encode(text)),
    decode: (tokens: Uint32Array) => encoding.decode([...tokens]),
  };
}

/**
 * `documented`: the document store by `fromPersistPath`, which writes the whole file again after every put, and the cache
 * of transformations, which lives in memory. Otherwise the store is saved once a run, and nothing is cached.
 */
async function documentStore(variant: string, file: string): Promise<{ docStore: SimpleDocumentStore; save: () => Promise<void> }> {
  if (variant === 'documented') {
    const logger = { log: () => undefined, warn: console.warn, error: console.error };
    return { docStore: await SimpleDocumentStore.fromPersistPath(file, undefined, { logger }), save: async () => undefined };
  }
  const kept = new SimpleKVStore(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  return { docStore: new SimpleDocumentStore(kept), save: () => kept.persist(file) };
}

await work(async ({ step, files, data, variant }) => {
  const { docStore, save } = await documentStore(variant, path.join(data, 'doc-store.json'));
  const store = new ChunkStore(data);
  const embedding = new SharedEmbedding();
  const pipeline = new IngestionPipeline({
    transformations: [
      new SentenceSplitter({
        chunkSize: CHUNK_TOKENS,
        chunkOverlap: 0,
        ...(variant !== 'gpt-tokenizer' && { tokenizer: plainTokenizer() }),
      }),
      embedding,
    ],
    docStore,
    vectorStore: new LlamaIndexStore(embedding, store),
    docStoreStrategy: step === 'delete' ? DocStoreStrategy.UPSERTS_AND_DELETE : DocStoreStrategy.UPSERTS,
    disableCache: variant !== 'documented',
  });
  await pipeline.run({ documents: readAll(files).map(({ source, text }) => new Document({ id_: source, text })) });
  await save();
  store.close();
});
