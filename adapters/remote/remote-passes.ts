import { SluiceError } from '#core/errors.ts';
import type { IngestRequest, Listener, PassResult } from '#core/ports/pipeline.ts';
import { Tally } from '#core/tally.ts';
import type { Config } from '#schemas/config.ts';
import { KeysAnswer, RefreshAnswer, RemovalsAnswer } from '#schemas/records/operations.ts';
import { SIDECAR_SUFFIX } from '#schemas/records/sidecar.ts';
import type { Client } from './client.ts';
import { type LocalFiles, localFiles } from './local-files.ts';
import { type Uploaded, uploadFiles } from './uploads.ts';
import { type Awaited, type WaitOptions, waitFor } from './waiting.ts';

export type Passing = { client: Client; config(): Promise<Config>; backoffMs: number; wait: WaitOptions };

const REMOVED = 100;

async function* keysUnder(client: Client, prefix: string): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const answer = await client.post('api/keys', KeysAnswer, { prefix, ...(cursor !== undefined && { cursor }) });
    yield* answer.keys;
    cursor = answer.next;
  } while (cursor !== undefined);
}

/** Removes from the inbox what lies under the named folders and they no longer have; answers the documents that end with it. */
async function removeGone(client: Client, { files, folders }: LocalFiles): Promise<Awaited[]> {
  const wanted = new Set(files.map(({ key }) => key));
  const gone = new Set<string>();
  for (const folder of folders)
    for await (const key of keysUnder(client, folder === '' ? '' : `${folder}/`)) if (!wanted.has(key)) gone.add(key);
  const awaited: Awaited[] = [];
  const keys = [...gone];
  for (let i = 0; i < keys.length; i += REMOVED) {
    const { documents } = await client.post('api/removals', RemovalsAnswer, { keys: keys.slice(i, i + REMOVED) });
    awaited.push(...documents.map(({ key, after }) => ({ key, after, baseline: after })));
  }
  return awaited;
}

/** A side-car is waited for as the document that it describes; of both, the document's generation is known from the first. */
function awaitedOf(uploaded: readonly Uploaded[]): Awaited[] {
  const byDocument = new Map<string, Awaited>();
  for (const { document, key, generation, isKnown } of uploaded) {
    if (isKnown || byDocument.has(document)) continue;
    byDocument.set(document, { key: key.endsWith(SIDECAR_SUFFIX) ? key.slice(0, -SIDECAR_SUFFIX.length) : key, baseline: generation });
  }
  return [...byDocument.values()];
}

export async function ingest(
  { client, config, backoffMs, wait }: Passing,
  request: IngestRequest,
  listener: Listener,
): Promise<PassResult> {
  const tally = new Tally(() => performance.now());
  const local = await localFiles(request, (await config()).intake.ignore);
  // Where a part of a folder could not be read, nothing in it is taken for deleted.
  const removed = request.deletes && local.unreadable.length === 0 ? await removeGone(client, local) : [];
  const uploaded = await uploadFiles(client, local.files, backoffMs);
  const documents = new Set(uploaded.filter((_, i) => !local.files[i]?.isSidecar).map(({ document }) => document));
  const problems = await waitFor(client, [...removed, ...awaitedOf(uploaded)], { tally, listener }, wait);
  problems.push(
    ...local.unreadable.map(({ path, reason }) => `${path}: source-unavailable: ${reason}; nothing in it was taken for deleted`),
  );
  return { summary: tally.summary(documents.size), problems, isWhole: local.unreadable.length === 0 };
}

export async function refresh({ client, wait }: Passing, source: string, listener: Listener): Promise<PassResult> {
  const tally = new Tally(() => performance.now());
  const awaited: Awaited[] = [];
  let cursor: string | undefined;
  do {
    const answer = await client.post('api/refresh', RefreshAnswer, { source, ...(cursor !== undefined && { cursor }) });
    awaited.push(...answer.documents.map(({ key, after }) => ({ key, after, baseline: after })));
    cursor = answer.next;
  } while (cursor !== undefined);
  if (awaited.length === 0) throw new SluiceError('not-found', `refreshing ${source}: the index has no documents of this source`);
  const problems = await waitFor(client, awaited, { tally, listener }, wait);
  return { summary: tally.summary(awaited.length), problems, isWhole: true };
}
