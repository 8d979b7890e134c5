import { expect, it } from 'vitest';
import { remotePipeline } from '#adapters/remote/remote-pipeline.ts';
import { operationFor } from '#apps/api/operations.ts';
import { Config } from '#schemas/config.ts';
import { type Deployed, deploy, SECRET } from '#test/apps/api/gateway-server.ts';
import { workspace, write } from '#test/e2e/local/helpers.ts';

const ENVIRONMENT = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: SECRET, AWS_REGION: 'eu-central-1' };
const ANA = 'ana.quillfeather@example.com';

const connect = ({ url }: Deployed) =>
  remotePipeline({ url, environment: ENVIRONMENT, config: async () => Config.parse({}), timeoutMs: 5_000, backoffMs: 1 });

async function filled(files: Record<string, string>): Promise<Deployed> {
  const deployed = await deploy();
  for (const [key, text] of Object.entries(files)) {
    deployed.world.files.set(key, Buffer.from(text));
    await deployed.world.hint(key);
  }
  await deployed.world.runUntilIdle();
  return deployed;
}
const FILES = {
  'inbox/masked.md': `# Visit\n\nWrite to ${ANA} before the visit.\n`,
  'inbox/named.md': '# Minutes\n\nIt was ana quillfeather example com, said the guard.\n',
  'inbox/other.md': '# Other\n\nThe pump in the cellar hums along at night.\n',
};
const FILES_BY_NAME = Object.fromEntries(Object.entries(FILES).map(([key, text]) => [key.slice('inbox/'.length), text]));
/** All that the deployment keeps, as text. */
const kept = ({ world: { store } }: Deployed): string =>
  JSON.stringify(
    [store.heads, store.manifests, store.work, store.keywords, store.traces, store.audit].map((map) => [...map]),
    (_, value) => (value instanceof Map ? [...value] : value),
  );
const names = (documents: { uri: string }[]): string[] => documents.map(({ uri }) => uri.split('/').at(-1) ?? '').sort();

it('a subject is found in a deployed pipeline, page by page, and nothing is changed by a dry run', async () => {
  const deployed = await filled(FILES);
  const before = kept(deployed);
  const documents = await connect(deployed).erasable({ documents: [], subject: ANA });
  expect(names(documents)).toEqual(['masked.md', 'named.md']);
  expect(documents.find(({ uri }) => uri.endsWith('masked.md'))?.foundBy).toEqual(['identifier']);
  expect(kept(deployed)).toBe(before);
});

it('an erasure leaves nothing of it there, and says what goes later', async () => {
  const deployed = await filled(FILES);
  const { store } = deployed.world;
  const embeddings = store.embeddings.size;
  const certificate = await connect(deployed).erase({ documents: [], subject: ANA });
  expect(certificate.documents).toHaveLength(2);
  expect(certificate.subject).toMatch(/^[0-9a-f]{32}$/);
  expect(certificate.expires.map(({ what }) => what)).toContain('restorable states of the tables');
  expect(JSON.stringify(certificate)).not.toMatch(/quillfeather/i);
  expect(kept(deployed)).not.toMatch(/quillfeather|masked\.md|named\.md/i);
  expect(store.embeddings.size).toBeLessThan(embeddings);
  const owners = new Set([...store.vectors.keys()].map((key) => key.slice(0, 32)));
  expect(owners.size).toBe(1);
  expect((await connect(deployed).search({ query: 'pump', top: 5, filters: [], principals: [], mode: 'keyword' })).hits).toHaveLength(1);
});

it('what was erased does not come back, under its name or another', async () => {
  const deployed = await filled(FILES);
  await connect(deployed).erase({ documents: ['inbox/masked.md'] });
  deployed.world.files.set('inbox/copy.md', Buffer.from(FILES['inbox/masked.md']));
  for (const key of ['inbox/masked.md', 'inbox/copy.md']) await deployed.world.hint(key);
  await deployed.world.runUntilIdle();
  const states = [...deployed.world.store.heads.values()].map(({ state, problem }) => problem?.code ?? state);
  expect(states.sort()).toEqual(['erased', 'erased', 'indexed', 'indexed']);
  await expect(connect(deployed).erase({ documents: [], subject: ANA.replace('ana', 'eve') })).rejects.toMatchObject({ code: 'not-found' });
});

it('nothing is certified that was not erased', async () => {
  const deployed = await filled(FILES);
  const [document] = await connect(deployed).erasable({ documents: ['inbox/other.md'] });
  const certify = operationFor('/api/certificate', deployed.gateway.operations);
  if (!document) throw new Error('the document is there');
  const { uri: _, ...one } = document;
  const body = { id: crypto.randomUUID(), documents: [one] };
  await expect(certify?.(body)).rejects.toMatchObject({ code: 'invalid-input' });
});

it('the place of an erased file is in step, and takes no other version of it', async () => {
  const { inbox } = workspace(FILES_BY_NAME);
  const deployed = await deploy();
  const pipeline = connect(deployed);
  const ingest = () =>
    pipeline.ingest({ names: [inbox], allowEmpty: false, deletes: false }, { total: () => undefined, done: () => undefined });
  await ingest();
  await pipeline.erase({ documents: ['inbox/masked.md'] });
  expect((await ingest()).summary).toMatchObject({ unchanged: 3, indexed: 0, rejected: 0 });
  write(inbox, { 'masked.md': '# Visit\n\nIt is another text now.\n' });
  expect((await ingest()).summary).toMatchObject({ unchanged: 3, indexed: 0, rejected: 0 });
  expect(await pipeline.reconcile()).toMatchObject({ drift: 0, documents: 2 });
});
