import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { p, wordFile } from '../formats/office/packages.ts';
import { smallWorld } from '../small-world.ts';
import { tar } from './make-tar.ts';

const OTTERS = 'The first file tells of otters that live below the weir.';
const HERONS = 'The second file tells of herons on the bank of the river.';

type Contents = Record<string, string | Uint8Array>;
const zip = (files: Contents): Uint8Array =>
  zipSync(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content])),
  );

async function filled(files: Contents, path = '/x.zip') {
  const world = smallWorld();
  const put = async (contents: Contents) => {
    world.files.set(path, zip(contents));
    await world.hint(path);
    await world.runUntilIdle();
  };
  await put(files);
  return { world, put };
}

describe('the files of an archive', () => {
  it('are documents of their own, with its address before theirs', async () => {
    const { world } = await filled({ 'a.txt': OTTERS, 'docs/b.md': HERONS });
    expect(world.headOf('/x.zip//a.txt')).toMatchObject({ state: 'indexed', uri: 'memory:///x.zip!/a.txt', metadata: { format: 'txt' } });
    expect(world.headOf('/x.zip//docs/b.md')).toMatchObject({ state: 'indexed', uri: 'memory:///x.zip!/docs/b.md' });
    expect(await world.found('herons')).toEqual([HERONS]);
    expect(world.headOf('/x.zip')).toMatchObject({ state: 'indexed', members: ['a.txt', 'docs/b.md'] });
  });

  it('come, change and go with its versions, each by itself', async () => {
    const { world, put } = await filled({ 'a.txt': OTTERS, 'b.txt': HERONS });
    await put({ 'a.txt': OTTERS, 'b.txt': HERONS.replace('herons', 'bitterns'), 'c.txt': 'A third one tells of eels.' });
    expect(world.headOf('/x.zip//a.txt').generation).toBe(1);
    expect(world.headOf('/x.zip//b.txt')).toMatchObject({ generation: 2, state: 'indexed' });
    expect(await world.found('herons')).not.toContain(HERONS);
    expect(await world.found('eels')).toContain('A third one tells of eels.');
    await put({ 'c.txt': 'A third one tells of eels.' });
    expect(world.headOf('/x.zip//a.txt')).toMatchObject({ state: 'removed', removed: true });
    expect(await world.found('otters')).not.toContain(OTTERS);
    expect(world.headOf('/x.zip//c.txt').generation).toBe(1);
  });

  it('go with it', async () => {
    const { world } = await filled({ 'a.txt': OTTERS, 'inner.zip': zip({ 'b.txt': HERONS }) });
    expect(await world.found('herons')).toContain(HERONS);
    await world.remove('/x.zip');
    await world.runUntilIdle();
    for (const path of ['/x.zip', '/x.zip//a.txt', '/x.zip//inner.zip', '/x.zip//inner.zip//b.txt']) {
      expect(world.headOf(path)).toMatchObject({ state: 'removed', committed: { manifest: null } });
    }
    expect(await world.found('herons')).toEqual([]);
  });

  it('are for those alone that it is for, from the moment that this changes', async () => {
    const { world } = await filled({ 'a.txt': OTTERS, 'inner.zip': zip({ 'b.txt': HERONS }) });
    expect(world.headOf('/x.zip//a.txt').access).toEqual(['public']);
    const sidecar = { access: ['group:hr'], classification: 'restricted', title: 'The archive' };
    world.files.set('/x.zip.metadata.json', strToU8(JSON.stringify(sidecar)));
    await world.hint('/x.zip');
    await world.runUntilIdle();
    for (const path of ['/x.zip//a.txt', '/x.zip//inner.zip//b.txt']) {
      expect(world.headOf(path)).toMatchObject({ access: ['group:hr'], classification: 'restricted', state: 'indexed', generation: 2 });
      expect(world.headOf(path).metadata.title).toBeUndefined();
    }
    expect(await world.found('otters herons')).toEqual([]);
    expect(await world.found('herons', ['group:hr'])).toContain(HERONS);
  });

  it('stay as they are when its new version cannot be read', async () => {
    const { world } = await filled({ 'a.txt': OTTERS });
    world.files.set('/x.zip', zip({ 'a.txt': HERONS }).slice(0, 60));
    await world.hint('/x.zip');
    await world.runUntilIdle();
    expect(world.headOf('/x.zip').state).toBe('rejected');
    expect(await world.found('otters')).toContain(OTTERS);
  });

  it('that cannot be read are rejected by themselves', async () => {
    const { world } = await filled({ 'a.txt': OTTERS, 'empty.txt': '', 'not.pdf': 'just text' });
    expect(world.headOf('/x.zip//empty.txt')).toMatchObject({ state: 'rejected', problem: { code: 'empty' } });
    expect(world.headOf('/x.zip//not.pdf')).toMatchObject({ state: 'rejected', problem: { code: 'type-mismatch' } });
    expect(world.headOf('/x.zip//a.txt').state).toBe('indexed');
  });

  it('that nobody reads elsewhere are not read there', async () => {
    const { world } = await filled({ 'a.txt': OTTERS, '.hidden/b.txt': HERONS, '__MACOSX/._a.txt': 'x', 'c/~$d.txt': HERONS });
    expect(world.headOf('/x.zip').members).toEqual(['a.txt']);
    expect([...world.store.heads.values()].map(({ nativeId }) => nativeId).sort()).toEqual(['/x.zip', '/x.zip//a.txt']);
  });

  it('whose names lead out of it are counted and left alone', async () => {
    const { world } = await filled({
      '../../etc/a.txt': OTTERS,
      '/abs.txt': OTTERS,
      'c:/d.txt': OTTERS,
      'a//b.txt': OTTERS,
      'good.txt': HERONS,
    });
    expect(world.headOf('/x.zip').members).toEqual(['good.txt']);
    expect(world.details('document.extracted')).toContainEqual(expect.objectContaining({ warnings: 1 }));
  });

  it('are opened in archives within archives as deep as three, and no deeper', async () => {
    let inner = zip({ 'deepest.txt': OTTERS });
    for (const name of ['four.zip', 'three.zip', 'two.zip']) inner = zip({ [name]: inner });
    const { world } = await filled({ 'one.zip': inner });
    expect(world.headOf('/x.zip//one.zip//two.zip//three.zip')).toMatchObject({ state: 'indexed' });
    expect(world.headOf('/x.zip//one.zip//two.zip//three.zip').members).toBeUndefined();
    expect(await world.found('otters')).not.toContain(OTTERS);
  });

  it('are found in tar archives, compressed ones and single compressed files', async () => {
    const world = smallWorld();
    world.files.set('/a.tar', tar({ './docs/a.txt': OTTERS }));
    world.files.set('/b.tgz', gzipSync(tar({ 'b.txt': HERONS })));
    world.files.set('/c.txt.gz', gzipSync(strToU8('A third one tells of eels.')));
    for (const path of ['/a.tar', '/b.tgz', '/c.txt.gz']) await world.hint(path);
    await world.runUntilIdle();
    expect(await world.found('otters')).toContain(OTTERS);
    expect(await world.found('herons')).toContain(HERONS);
    expect(world.headOf('/c.txt.gz//c.txt')).toMatchObject({ state: 'indexed', uri: 'memory:///c.txt.gz!/c.txt' });
  });
});

describe('an archive', () => {
  it('without a file has no text', async () => {
    const { world } = await filled({});
    expect(world.headOf('/x.zip')).toMatchObject({ state: 'rejected' });
  });

  it('that unpacks to far more than it weighs is a bomb, and nothing of it is read', async () => {
    const { world } = await filled({ 'a.txt': OTTERS, 'zeros.txt': new Uint8Array(90_000_000) });
    expect(world.headOf('/x.zip')).toMatchObject({ state: 'rejected', problem: { code: 'archive-bomb' } });
    expect(world.store.heads.size).toBe(1);
  });

  it('under another name embeds nothing', async () => {
    const { world } = await filled({ 'a.txt': OTTERS, 'b.txt': HERONS });
    const before = world.details('chunks.embedded').length;
    world.files.set('/y.zip', world.files.get('/x.zip') ?? new Uint8Array());
    await world.remove('/x.zip');
    await world.hint('/y.zip');
    await world.runUntilIdle();
    const embedded = world.details('chunks.embedded').slice(before);
    expect(embedded.length).toBeGreaterThan(0);
    expect(embedded.map(({ embedded: count }) => count)).toEqual(embedded.map(() => 0));
    expect(await world.found('otters')).toContain(OTTERS);
  });
});

describe('what a mail carries', () => {
  const mail = (...parts: [headers: string, body: string][]): string =>
    [
      'From: Ana <ana@example.org>',
      'Subject: The layout',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      ...[['Content-Type: text/plain', 'The layout is attached.'] as const, ...parts].flatMap(([headers, body]) => [
        '--x',
        headers,
        '',
        body,
      ]),
      '--x--',
      '',
    ].join('\r\n');
  const attached = (name: string, body: string): [string, string] => [
    `Content-Type: text/plain; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"`,
    body,
  ];
  const received = async (text: string) => {
    const world = smallWorld();
    await world.put('/a.eml', text);
    await world.runUntilIdle();
    return world;
  };

  it('is a document for each attachment, which goes with the mail, and nothing of it is told to be lost', async () => {
    const world = await received(mail(attached('layout.txt', OTTERS)));
    expect(world.headOf('/a.eml//layout.txt')).toMatchObject({ state: 'indexed', uri: 'memory:///a.eml!/layout.txt' });
    expect(await world.found('otters')).toContain(OTTERS);
    expect(world.details('document.extracted')).toContainEqual(expect.objectContaining({ document: world.idOf('/a.eml'), warnings: 0 }));
    await world.remove('/a.eml');
    await world.runUntilIdle();
    expect(await world.found('otters')).toEqual([]);
  });

  it('keeps attachments of one name apart, and none of their names leads anywhere', async () => {
    const world = await received(
      mail(attached('a.txt', OTTERS), attached('a.txt', HERONS), attached('../../.ssh/id.txt', 'A third tells of eels.')),
    );
    expect(world.headOf('/a.eml').members).toEqual(['a.txt', '2/a.txt', '_.._.ssh_id.txt']);
    expect(await world.found('herons')).toContain(HERONS);
  });

  it('is no document where it proves who wrote the mail', async () => {
    const world = await received(mail(['Content-Type: application/pgp-signature; name="sig.asc"', '-----BEGIN PGP SIGNATURE-----']));
    expect(world.headOf('/a.eml').members).toBeUndefined();
  });
});

describe('a file in an office document', () => {
  it('is a document of its own, which the archive around both of them leads to', async () => {
    const inner = wordFile(p(OTTERS), { '[Content_Types].xml': '<Types/>' });
    const outer = wordFile(p(HERONS), { '[Content_Types].xml': '<Types/>', 'word/embeddings/inner.docx': inner }, [
      ['e', 'package', 'embeddings/inner.docx'],
    ]);
    const { world } = await filled({ 'outer.docx': outer });
    expect(world.headOf('/x.zip//outer.docx')).toMatchObject({ state: 'indexed', members: ['inner.docx'] });
    expect(world.headOf('/x.zip//outer.docx//inner.docx')).toMatchObject({
      state: 'indexed',
      uri: 'memory:///x.zip!/outer.docx!/inner.docx',
    });
    expect(await world.found('otters')).toContain(OTTERS);
  });
});

describe('the messages of a mailbox', () => {
  const message = (id: string, body: string): string =>
    `From ana@example.org Sat Nov 21 10:00:00 2026\nFrom: Ana <ana@example.org>\nSubject: ${id}\nMessage-ID: <${id}@example.org>\n\n${body}\n\n`;

  it('are documents of their own, and one that is taken out leaves the others as they are', async () => {
    const world = smallWorld();
    const put = async (...messages: string[]) => {
      await world.put('/inbox.mbox', messages.join(''));
      await world.runUntilIdle();
      return (world.headOf('/inbox.mbox').members ?? []).map((path) => world.headOf(`/inbox.mbox//${path}`));
    };
    const [first, second] = [message('one', OTTERS), message('two', `${HERONS}\n\n>From here on it is dry.`)];
    const before = await put(first, second);
    expect(before.map(({ state, metadata }) => [state, metadata.title])).toEqual([
      ['indexed', 'one'],
      ['indexed', 'two'],
    ]);
    expect((await world.found('dry')).join()).toContain('\nFrom here on it is dry.');
    const [kept] = await put(second);
    expect(kept).toEqual(before[1]);
    expect(await world.found('otters')).toEqual([]);
  });
});
