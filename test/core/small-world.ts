import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { type MemoryWorld, type MemoryWorldOptions, memoryWorld } from '#adapters/memory/world.ts';
import type { Embedder } from '#core/ports/embedder.ts';
import { search } from '#core/search/search.ts';
import { documentId } from '#core/stages/detect-change.ts';
import { Config, type UserConfig } from '#schemas/config.ts';
import type { Detail, EventName } from '#schemas/events/index.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId, VectorKey } from '#schemas/records/ids.ts';
import type { Manifest } from '#schemas/records/manifest.ts';
import { SIDECAR_SUFFIX, type Sidecar } from '#schemas/records/sidecar.ts';

export type SmallWorld = MemoryWorld & {
  /** Writes a file, with a side-car or without, and tells the pipeline. */
  put(path: string, text: string, sidecar?: Sidecar | string): Promise<void>;
  remove(path: string): Promise<void>;
  idOf(path: string): DocumentId;
  headOf(path: string): Head;
  manifestOf(path: string): Manifest;
  details<N extends EventName>(name: N): Detail<N>[];
  /** The texts that a search for a word gives, in no order. */
  found(query: string, principals?: string[]): Promise<string[]>;
  /** Carries out all that is due, without letting time pass. */
  runDue(): Promise<void>;
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function smallWorld({ settings = {}, ...options }: Omit<MemoryWorldOptions, 'config'> & { settings?: UserConfig } = {}): SmallWorld {
  const world = memoryWorld({ ...options, config: Config.parse(settings) });
  const { keys } = world.begin().ports;
  const headOf = (path: string): Head => {
    const head = world.store.heads.get(documentId(keys, 'files', path));
    if (!head) throw new Error(`${path} was never seen`);
    return head;
  };
  return Object.assign(world, {
    async put(path: string, text: string, sidecar?: Sidecar | string) {
      world.files.set(path, bytes(text));
      if (sidecar === undefined) world.files.delete(path + SIDECAR_SUFFIX);
      else world.files.set(path + SIDECAR_SUFFIX, bytes(typeof sidecar === 'string' ? sidecar : JSON.stringify(sidecar)));
      await world.hint(path);
    },
    async remove(path: string) {
      world.files.delete(path);
      world.files.delete(path + SIDECAR_SUFFIX);
      await world.hint(path);
    },
    idOf: (path: string) => documentId(keys, 'files', path),
    headOf,
    manifestOf(path: string) {
      const manifest = world.store.manifests.get(headOf(path).committed?.manifest ?? '');
      if (!manifest) throw new Error(`${path} is not served`);
      return manifest;
    },
    details<N extends EventName>(name: N) {
      return world.events.flatMap((event) => (event['detail-type'] === name ? [event.detail as Detail<N>] : []));
    },
    async found(query: string, principals: string[] = []) {
      const { hits } = await search({ query, top: 50, mode: 'keyword', filters: [], principals }, world.search);
      return hits.map(({ text }) => text).sort();
    },
    async runDue() {
      while (await world.step());
    },
  });
}

/** Keys of all chunks that committed manifests have: what the indexes should hold, and nothing else. */
export const servedKeys = ({ store }: MemoryWorld): VectorKey[] =>
  [...store.heads.values()]
    .flatMap(({ committed }) => (committed?.manifest ? (store.manifests.get(committed.manifest)?.entries ?? []) : []))
    .map(({ vectorKey }) => vectorKey)
    .sort();

export const indexedKeys = ({ store }: MemoryWorld): VectorKey[] => [...store.vectors.keys()].sort();
export const keywordKeys = ({ store }: MemoryWorld): VectorKey[] => [...store.keywords.keys()].sort();

/** An embedder that tells what it was asked, and fails as it is told to. */
export function watchedEmbedder(fail?: (texts: readonly string[]) => Error | undefined): Embedder & { texts: string[] } {
  const inner = memoryEmbedder();
  const texts: string[] = [];
  return {
    ...inner,
    texts,
    async embed(asked, purpose) {
      const error = asked.length > 0 ? fail?.(asked) : undefined;
      if (error) throw error;
      if (purpose === 'document') texts.push(...asked);
      return inner.embed(asked, purpose);
    },
  };
}

/** Text of many chunks: each paragraph is one. */
export const paragraphs = (...words: string[]): string =>
  words.map((word) => `${word} ${'filling words of it '.repeat(2).trim()}`).join('\n\n');
