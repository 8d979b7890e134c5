import { type IncomingMessage, request } from 'node:http';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { memoryLedger } from '#adapters/memory/memory-ledger.ts';
import { memoryPipelineView } from '#adapters/memory/memory-pipeline-view.ts';
import { commit, newStore, newUnit, type Store } from '#adapters/memory/store.ts';
import { type ApiServer, type ServeOptions, serveApi } from '#apps/api/server.ts';
import type { PipelineView } from '#core/ports/pipeline-view.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';

export type Served = {
  server: ApiServer;
  store: Store;
  errors: unknown[];
  put(...heads: Head[]): Promise<void>;
  tell(...documents: DocumentId[]): void;
  listeners(): number;
};

/** A real server on a free port over a pipeline in memory; `replace` breaks or slows parts of it. */
export async function serve(
  options: Partial<ServeOptions> = {},
  replace: (view: PipelineView) => Partial<PipelineView> = () => ({}),
): Promise<Served> {
  const store = newStore();
  const errors: unknown[] = [];
  const listeners = new Set<(document: DocumentId) => void>();
  const view = memoryPipelineView({
    store,
    embedder: memoryEmbedder(),
    changes(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  const page = (path: string) =>
    path === '/' ? { type: 'text/html; charset=utf-8', body: '<!doctype html><title>page</title>' } : undefined;
  const server = await serveApi({
    port: 0,
    pipeline: { ...view, ...replace(view) },
    page,
    onError: (error) => errors.push(error),
    gatherMs: 5,
    ...options,
  });
  return {
    server,
    store,
    errors,
    async put(...heads) {
      const unit = newUnit(store);
      for (const head of heads) await memoryLedger(unit).put({ ...head, version: store.heads.get(head.document)?.version ?? 0 });
      commit(unit.writes);
    },
    tell(...documents) {
      for (const document of documents) for (const listener of listeners) listener(document);
    },
    listeners: () => listeners.size,
  };
}

export type Reply = { status: number; headers: IncomingMessage['headers']; text: string };

/** One request as a client of any make may send it. */
export function ask(
  { server }: Pick<Served, 'server'>,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, agent: false, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The JSON of an answer. */
export const json = ({ text }: Reply): unknown => JSON.parse(text);

export type Stream = {
  response: IncomingMessage /** The next block that the server sends; undefined at the end. */;
  next(): Promise<string | undefined>;
  close(): void;
};

/** An open event stream, block by block. */
export function stream({ server }: Pick<Served, 'server'>): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path: '/api/events', agent: false }, (response) => {
      response.setEncoding('utf8');
      const blocks = blocksOf(response);
      resolve({ response, next: async () => (await blocks.next()).value, close: () => sent.destroy() });
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function* blocksOf(response: IncomingMessage): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const part of response) {
    rest += part;
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
  return undefined;
}
