import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { s3Inbox } from '#adapters/aws/s3/s3-inbox.ts';
import { inboxOf } from '#adapters/aws/s3/s3-sources.ts';
import { memoryKeys } from '#adapters/memory/memory-keys.ts';
import { Config } from '#schemas/config.ts';
import { createBucket } from '#test/contract/aws-places.ts';

const config = Config.parse({ sources: [{ name: 'wiki', path: './wiki' }] });
const opened = async () => s3Inbox(inboxOf(await createBucket({ versioned: true }), config), memoryKeys('test'));
const factsOf = (text: string) => ({ size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });

it('takes an upload with nothing but its address and headers, and knows its hash then', async () => {
  const inbox = await opened();
  const facts = factsOf('some text');
  expect(await inbox.checksum('wiki/ä b.md')).toBeUndefined();
  const { url, headers } = await inbox.upload('wiki/ä b.md', facts);
  const { status } = await fetch(url, { method: 'PUT', headers, body: 'some text' });
  expect(status).toBe(200);
  expect(await inbox.checksum('wiki/ä b.md')).toBe(facts.sha256);
});

it('signs the hash, so that it cannot be left out', async () => {
  const { url, headers } = await (await opened()).upload('a.md', factsOf('a'));
  expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';')).toContain('x-amz-checksum-sha256');
  expect(headers['x-amz-checksum-sha256']).toBe(Buffer.from(factsOf('a').sha256, 'hex').toString('base64'));
});

it('lists and removes, and does not mind what is not there', async () => {
  const inbox = await opened();
  for (const key of ['wiki/a.md', 'wiki/b.md', 'wikipedia.md']) {
    const { url, headers } = await inbox.upload(key, factsOf(key));
    await fetch(url, { method: 'PUT', headers, body: key });
  }
  expect((await inbox.keys('wiki/')).items).toEqual(['wiki/a.md', 'wiki/b.md']);
  await inbox.remove(['wiki/a.md', 'none.md']);
  expect((await inbox.keys('')).items).toEqual(['wiki/b.md', 'wikipedia.md']);
});

it('knows which document a key is or describes, of which source, and what is never read', async () => {
  const inbox = await opened();
  const page = inbox.subject('wiki/a.md');
  expect(page).toMatchObject({ source: 'wiki', nativeId: 'wiki/a.md', isRead: true });
  expect(inbox.subject('wiki/a.md.metadata.json')).toEqual(page);
  expect(inbox.subject('other.md').source).toBe('files');
  expect(inbox.subject('wiki/.git/config').isRead).toBe(false);
});
