import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { remotePipeline } from '#adapters/remote/remote-pipeline.ts';
import type { IngestRequest } from '#core/ports/pipeline.ts';
import { Config } from '#schemas/config.ts';
import type { SearchRequest } from '#schemas/records/search.ts';
import { type Deployed, deploy, SECRET, tokenOf } from '#test/apps/api/gateway-server.ts';
import { page, workspace, write } from '#test/e2e/local/helpers.ts';

const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: SECRET, AWS_REGION: 'eu-central-1' };
const QUICK = { timeoutMs: 5_000, backoffMs: 1, wait: { pauseMs: 1, patienceMs: 5_000, storyMs: 0 } };
const silent = { total: () => undefined, done: () => undefined };

const connect = ({ url }: Pick<Deployed, 'url'>, options: Partial<Parameters<typeof remotePipeline>[0]> = {}) =>
  remotePipeline({ url, environment: ENVIRONMENT, config: async () => Config.parse({}), ...QUICK, ...options });
const ingesting = (inbox: string, more: Partial<IngestRequest> = {}): IngestRequest => ({
  names: [inbox],
  allowEmpty: false,
  deletes: false,
  ...more,
});
const asked = (query: string, more: Partial<SearchRequest> = {}): SearchRequest => ({
  query,
  top: 5,
  filters: [],
  principals: [],
  ...more,
});
const fromKeys = (files: Map<string, Uint8Array>): string[] => [...files.keys()].sort();

/** A pipeline with two files of a folder in it. */
async function filled() {
  const { inbox } = workspace({ 'a.md': page('Pumps', 1), 'deep/b.md': page('Valves', 2) });
  const deployed = await deploy();
  const pipeline = connect(deployed);
  const first = await pipeline.ingest(ingesting(inbox), silent);
  return { inbox, deployed, pipeline, first };
}

describe('ingest into a deployed pipeline', () => {
  it('uploads what is new, and waits for it', async () => {
    const { deployed, first } = await filled();
    expect(first.summary).toMatchObject({ indexed: 2, unchanged: 0, rejected: 0, removed: 0 });
    expect(first.summary.chunksEmbedded).toBeGreaterThan(0);
    expect(first.problems).toEqual([]);
    expect(fromKeys(deployed.world.files)).toEqual(['inbox/a.md', 'inbox/deep/b.md']);
  });

  it('uploads nothing that is there already, and only what changed', async () => {
    const { inbox, deployed, pipeline } = await filled();
    expect((await pipeline.ingest(ingesting(inbox), silent)).summary).toMatchObject({ indexed: 0, unchanged: 2 });
    write(inbox, { 'a.md': page('Pumps', 3) });
    const before = deployed.requests.length;
    expect((await pipeline.ingest(ingesting(inbox), silent)).summary).toMatchObject({ indexed: 1, unchanged: 1 });
    expect(deployed.requests.slice(before).filter((one) => one.startsWith('PUT '))).toEqual(['PUT /inbox/inbox%2Fa.md']);
  });

  it('tells of a rejected document why, and counts it again as unchanged', async () => {
    const { inbox } = workspace({ 'broken.pdf': '%PDF-1.7 nothing' });
    const pipeline = connect(await deploy());
    const { summary, problems } = await pipeline.ingest(ingesting(inbox), silent);
    expect(summary).toMatchObject({ rejected: 1, indexed: 0 });
    expect(problems).toEqual([expect.stringMatching(/broken\.pdf: rejected: [a-z-]+: /)]);
    expect((await pipeline.ingest(ingesting(inbox), silent)).summary).toMatchObject({ rejected: 0, unchanged: 1 });
  });

  it('a side-car is uploaded before its document, and a change of it alone is an update', async () => {
    const { inbox } = workspace({ 'a.md': page('Pumps', 1), 'a.md.metadata.json': '{"access":["group:hr"]}' });
    const deployed = await deploy();
    const pipeline = connect(deployed);
    await pipeline.ingest(ingesting(inbox), silent);
    const puts = deployed.requests.filter((one) => one.startsWith('PUT '));
    expect(puts).toEqual(['PUT /inbox/inbox%2Fa.md.metadata.json', 'PUT /inbox/inbox%2Fa.md']);
    expect((await pipeline.search(asked('pumps'))).hits).toEqual([]);
    write(inbox, { 'a.md.metadata.json': '{"access":["public"]}' });
    expect((await pipeline.ingest(ingesting(inbox), silent)).summary).toMatchObject({ updated: 1, unchanged: 0, indexed: 0 });
    expect((await pipeline.search(asked('pumps'))).hits).toHaveLength(1);
  });

  it('puts files under a prefix of their own', async () => {
    const { inbox } = workspace({ 'a.md': page('Pumps', 1) });
    const deployed = await deploy();
    await connect(deployed).ingest(ingesting(inbox, { prefix: '/handbooks/2026/' }), silent);
    await connect(deployed).ingest(ingesting(path.join(inbox, 'a.md'), { prefix: 'single' }), silent);
    expect(fromKeys(deployed.world.files)).toEqual(['handbooks/2026/a.md', 'single/a.md']);
  });

  it('removes nothing by itself, and with delete only what its own folder lost', async () => {
    const { inbox, deployed, pipeline } = await filled();
    deployed.world.files.set('inbox-2/other.md', Buffer.from(page('Other', 5)));
    rmSync(path.join(inbox, 'a.md'));
    expect((await pipeline.ingest(ingesting(inbox), silent)).summary).toMatchObject({ removed: 0, unchanged: 1 });
    expect((await pipeline.ingest(ingesting(inbox, { deletes: true }), silent)).summary).toMatchObject({ removed: 1, unchanged: 1 });
    expect(fromKeys(deployed.world.files)).toEqual(['inbox-2/other.md', 'inbox/deep/b.md']);
  });

  it('never takes a missing or an empty folder for a deletion, unless told to', async () => {
    const { inbox, deployed, pipeline } = await filled();
    rmSync(inbox, { recursive: true });
    await expect(pipeline.ingest(ingesting(inbox, { deletes: true }), silent)).rejects.toMatchObject({ code: 'source-unavailable' });
    mkdirSync(inbox);
    const { isWhole, summary } = await pipeline.ingest(ingesting(inbox, { deletes: true }), silent);
    expect([isWhole, summary.removed, deployed.world.files.size]).toEqual([false, 0, 2]);
    const believed = await pipeline.ingest(ingesting(inbox, { deletes: true, allowEmpty: true }), silent);
    expect([believed.summary.removed, deployed.world.files.size]).toEqual([2, 0]);
  });

  it('leaves ignored files where they are', async () => {
    const { inbox } = workspace({ 'a.md': page('Pumps', 1), '.git/config': 'x', 'b.tmp': 'x' });
    const deployed = await deploy();
    await connect(deployed).ingest(ingesting(inbox), silent);
    expect(fromKeys(deployed.world.files)).toEqual(['inbox/a.md']);
  });

  it('says so when the pipeline makes nothing of what it was given', async () => {
    const { inbox } = workspace({ 'a.md': page('Pumps', 1) });
    const deployed = await deploy({ stages: [] });
    deployed.world.bus.publish = async () => undefined;
    const pipeline = connect(deployed, { wait: { pauseMs: 1, patienceMs: 30, storyMs: 0 } });
    await expect(pipeline.ingest(ingesting(inbox), silent)).rejects.toMatchObject({ code: 'timeout' });
  });
});

describe('a deployed pipeline answers', () => {
  it('searches, with the filters and the mode that were asked for', async () => {
    const { pipeline } = await filled();
    const all = await pipeline.search(asked('Pumps', { mode: 'vector', top: 1_000 }));
    expect(all.mode).toBe('vector');
    expect(all.hits.length).toBeGreaterThan(1);
    const { hits } = await pipeline.search(asked('Pumps & + = 100%', { filters: [['uri', 'memory://inbox/deep/b.md']] }));
    expect(new Set(hits.map(({ uri }) => uri))).toEqual(new Set(['memory://inbox/deep/b.md']));
    await expect(pipeline.search(asked('a', { filters: [['size', '1']] }))).rejects.toMatchObject({ code: 'invalid-filter' });
  });

  it('counts, lists and tells stories, by id and by key', async () => {
    const { pipeline } = await filled();
    const overview = await pipeline.overview();
    expect(overview).toMatchObject({ documents: { indexed: 2 }, pending: 0, deadLetters: [] });
    const [record] = await pipeline.documents(['indexed'], 1_000);
    const story = await pipeline.story(record?.documentId ?? '');
    expect(story?.events.map(({ event }) => event)).toContain('document.indexed');
    expect((await pipeline.story('inbox/a.md'))?.uri).toBe('memory://inbox/a.md');
    expect(await pipeline.story('inbox/none.md')).toBeUndefined();
  });

  it('exports every chunk over its pages, or those of a source', async () => {
    const { inbox } = workspace(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.md`, page(`Page ${i}`, i, 1)])));
    const deployed = await deploy();
    const pipeline = connect(deployed);
    await pipeline.ingest(ingesting(inbox), silent);
    const rows = await Array.fromAsync(pipeline.chunks());
    expect(new Set(rows.map(({ uri }) => uri)).size).toBe(30);
    expect(new Set(rows.map(({ documentId, chunkId }) => documentId + chunkId)).size).toBe(deployed.world.store.vectors.size);
    expect(rows.every(({ vector }) => /^[0-9a-f]{32}$/.test(vector ?? ''))).toBe(true);
    expect(await Array.fromAsync(pipeline.chunks('wiki'))).toEqual([]);
  });

  it('refreshes a source, and only one that has documents', async () => {
    const { pipeline } = await filled();
    const { summary } = await pipeline.refresh('files', silent);
    expect(summary).toMatchObject({ updated: 2, indexed: 0, chunksEmbedded: 0 });
    await expect(pipeline.refresh('wiki', silent)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('reconcile of a deployed pipeline', () => {
  it('finds none after a pass', async () => {
    const { pipeline, deployed } = await filled();
    expect(await pipeline.reconcile()).toEqual({
      drift: 0,
      missing: 0,
      ghosts: 0,
      broken: 0,
      stale: 0,
      unsynced: 0,
      documents: 2,
      chunks: deployed.world.store.vectors.size,
    });
  });

  it('counts each kind of drift', async () => {
    const { pipeline, deployed } = await filled();
    const { store, files } = deployed.world;
    const [lost, kept] = store.vectors.keys();
    const vector = kept && store.vectors.get(kept);
    if (!lost || !kept || !vector) throw new Error('two chunks');
    store.vectors.delete(lost);
    store.vectors.set(`${kept.slice(0, -1)}9` as typeof kept, vector);
    files.set('inbox/new.md', Buffer.from('# New'));
    files.set('inbox/a.md', Buffer.from('# Other'));
    expect(await pipeline.reconcile()).toMatchObject({ missing: 1, ghosts: 1, unsynced: 2, drift: 4 });
    for (const digest of store.manifests.keys()) store.manifests.delete(digest);
    expect((await pipeline.reconcile()).broken).toBe(2);
  });
});

describe('redrive of a deployed pipeline', () => {
  it('puts letters back, and their documents get through', async () => {
    const { inbox } = workspace({ 'a.md': page('Pumps', 1) });
    let isDown = true;
    const deployed = await deploy({
      replace: ({ embedder }) => ({
        embedder: {
          ...embedder,
          embed: async (...args) => (isDown ? Promise.reject(new Error('a bug')) : embedder.embed(...args)),
        },
      }),
    });
    const pipeline = connect(deployed);
    expect((await pipeline.ingest(ingesting(inbox), silent)).summary).toMatchObject({ failed: 1 });
    isDown = false;
    expect(await pipeline.redrive('index')).toEqual([]);
    expect(await pipeline.redrive(undefined)).toEqual([{ stage: 'embed', code: 'bug', count: 1 }]);
    expect((await pipeline.overview()).documents).toMatchObject({ indexed: 1, failed: 0 });
  });
});

describe('the client', () => {
  it('tries again what fails for now, and gives up in the end', async () => {
    const { deployed, pipeline } = await filled();
    const unavailable = { status: 503, body: { error: { code: 'unavailable', message: 'not now' } } };
    deployed.fail({ status: 429, body: { message: 'Too Many Requests' } }, unavailable, {
      status: 500,
      body: { message: 'Internal Server Error' },
    });
    expect((await pipeline.overview()).documents.indexed).toBe(2);
    deployed.fail(...Array.from({ length: 6 }, () => unavailable));
    await expect(pipeline.overview()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('tries nothing again that will not help', async () => {
    const { deployed, pipeline } = await filled();
    const before = deployed.requests.length;
    deployed.fail({ status: 403, body: { message: 'The security token included in the request is expired' } });
    await expect(pipeline.overview()).rejects.toMatchObject({ code: 'access-denied', message: expect.stringContaining('expired') });
    expect(deployed.requests.length).toBe(before + 1);
  });

  it('is refused with another key', async () => {
    const wrong = connect(await deploy(), { environment: { ...ENVIRONMENT, AWS_SECRET_ACCESS_KEY: 'another' } });
    await expect(wrong.overview()).rejects.toMatchObject({ code: 'access-denied' });
  });

  it('says what it has no credentials for', async () => {
    const { folder } = workspace();
    const without = connect(await deploy(), { environment: { HOME: folder, PATH: folder, AWS_REGION: 'eu-central-1' } });
    await expect(without.overview()).rejects.toMatchObject({ code: 'access-denied', message: expect.stringContaining('profile default') });
  });

  it('takes the keys and the region of a profile', async () => {
    const { folder } = workspace();
    mkdirSync(path.join(folder, '.aws'));
    writeFileSync(
      path.join(folder, '.aws/credentials'),
      `[default]\naws_access_key_id = A\naws_secret_access_key = wrong\n\n[work]\naws_access_key_id=AKIA\naws_secret_access_key=${SECRET}\n`,
    );
    writeFileSync(path.join(folder, '.aws/config'), '[profile work]\nregion = eu-west-1\n');
    const pipeline = connect(await deploy(), { environment: { HOME: folder, AWS_PROFILE: 'work' } });
    expect((await pipeline.overview()).chunks).toBe(0);
  });

  it('sends nothing over plain HTTP to another machine', () => {
    expect(() => connect({ url: 'http://sluice.example.com' })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('says that an address is not that of a Sluice API', async () => {
    const { deployed, pipeline } = await filled();
    deployed.fail({ status: 200, body: { hello: 'world' } });
    await expect(pipeline.overview()).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('with a token searches on behalf of its person, and does no more unless they are an operator', async () => {
    const { inbox } = workspace({ 'a.md': page('Pumps', 1), 'a.md.metadata.json': '{"access":["group:hr"]}' });
    const deployed = await deploy();
    await connect(deployed).ingest(ingesting(inbox), silent);
    const hitsOf = async (claims: object) => (await connect(deployed, { token: tokenOf(claims) }).search(asked('Pumps'))).hits.length;
    expect(await hitsOf({ sub: 'ana', groups: ['hr'] })).toBe(1);
    expect(await hitsOf({ sub: 'ana', groups: 'hr' })).toBe(1);
    expect(await hitsOf({ sub: 'ana', groups: ['sales hr'] })).toBe(0);
    expect(await hitsOf({ sub: 'ana' })).toBe(0);
    await expect(connect(deployed, { token: tokenOf({ sub: 'ana', groups: ['hr'] }) }).overview()).rejects.toMatchObject({
      code: 'access-denied',
    });
    expect((await connect(deployed, { token: tokenOf({ groups: ['operators'] }) }).overview()).documents.indexed).toBe(1);
  });

  it('names nobody by itself', async () => {
    const { pipeline } = await filled();
    await expect(pipeline.search(asked('a', { principals: ['group:hr'] }))).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
