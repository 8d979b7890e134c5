import { Document } from '@langchain/core/documents';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { VectorStore } from '@langchain/core/vectorstores';
import type { ChunkStore } from './chunk-store.ts';

/** The chunk store behind LangChain's interface. */
export class LangChainStore extends VectorStore {
  readonly #store: ChunkStore;
  constructor(embeddings: EmbeddingsInterface, store: ChunkStore) {
    super(embeddings, {});
    this.#store = store;
  }

  override _vectorstoreType(): string {
    return 'sqlite-vec';
  }

  override async addDocuments(documents: Document[], options?: { ids?: string[] }): Promise<string[]> {
    const vectors = await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent));
    return this.addVectors(vectors, documents, options);
  }

  override async addVectors(vectors: number[][], documents: Document[], options?: { ids?: string[] }): Promise<string[]> {
    const keys = documents.map((document, i) => options?.ids?.[i] ?? document.id ?? crypto.randomUUID());
    this.#store.put(
      documents.map(({ pageContent, metadata }, i) => ({
        key: keys[i] ?? '',
        source: String(metadata.source),
        text: pageContent,
        metadata: JSON.stringify(metadata),
        vector: vectors[i] ?? [],
      })),
    );
    return keys;
  }

  override async delete({ ids }: { ids: string[] }): Promise<void> {
    this.#store.deleteBy('key', ids);
  }

  override async similaritySearchVectorWithScore(query: number[], k: number): Promise<[Document, number][]> {
    return this.#store
      .nearest(query, k)
      .map(({ key, text, metadata, distance }) => [
        new Document({ id: key, pageContent: text, metadata: JSON.parse(metadata) }),
        1 - distance,
      ]);
  }
}
