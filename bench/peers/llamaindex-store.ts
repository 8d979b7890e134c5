import type { BaseEmbedding } from '@llamaindex/core/embeddings';
import { type BaseNode, MetadataMode } from '@llamaindex/core/schema';
import {
  BaseVectorStore,
  metadataDictToNode,
  nodeToMetadata,
  type VectorStoreQuery,
  type VectorStoreQueryResult,
} from '@llamaindex/core/vector-store';
import type { ChunkStore } from './chunk-store.ts';

/** The chunk store behind LlamaIndexTS's interface. */
export class LlamaIndexStore extends BaseVectorStore<ChunkStore> {
  readonly storesText = true;
  readonly #store: ChunkStore;
  constructor(embedModel: BaseEmbedding, store: ChunkStore) {
    super({ embedModel });
    this.#store = store;
  }

  client(): ChunkStore {
    return this.#store;
  }

  async add(nodes: BaseNode[]): Promise<string[]> {
    this.#store.put(
      nodes.map((node) => ({
        key: node.id_,
        source: node.sourceNode?.nodeId ?? node.id_,
        text: node.getContent(MetadataMode.NONE),
        metadata: JSON.stringify(nodeToMetadata(node, true)),
        vector: node.getEmbedding(),
      })),
    );
    return nodes.map((node) => node.id_);
  }

  async delete(refDocId: string): Promise<void> {
    this.#store.deleteBy('source', [refDocId]);
  }

  async query({ queryEmbedding = [], similarityTopK }: VectorStoreQuery): Promise<VectorStoreQueryResult> {
    const found = this.#store.nearest(queryEmbedding, similarityTopK);
    return {
      ids: found.map(({ key }) => key),
      similarities: found.map(({ distance }) => 1 - distance),
      nodes: found.map(({ text, metadata }) => {
        const node = metadataDictToNode(JSON.parse(metadata));
        return Object.assign(node, { text });
      }),
    };
  }
}
