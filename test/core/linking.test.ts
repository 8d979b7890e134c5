import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryPipelineView } from '#adapters/memory/memory-pipeline-view.ts';
import { resolveLink } from '#core/linking/resolve-link.ts';
import { type SmallWorld, smallWorld } from './small-world.ts';

const settings = { describing: { identifiers: ['RB-\\d{3}'] }, pii: { types: { URL: 'keep' as const } } };

async function worldOf(files: Record<string, string>): Promise<SmallWorld> {
  const world = smallWorld({ settings });
  await putAll(world, files);
  return world;
}
async function putAll(world: SmallWorld, files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) await world.put(path, content);
  await world.runUntilIdle();
}

/** What a document refers to (`?` for what dangles), and what refers to it. */
async function linksOf(world: SmallWorld, path: string) {
  const view = memoryPipelineView({ store: world.store, embedder: world.search.embedder, changes: () => () => undefined });
  const links = (await view.document(world.idOf(path)))?.links;
  const short = (uri: string): string => uri.replace('memory://', '');
  return {
    to: links?.references.map(({ text, to }) => (to.length > 0 ? to.map(({ uri }) => short(uri)).join() : `? ${text}`)),
    from: links?.referencedBy.map(({ uri }) => short(uri)).sort(),
  };
}

describe('references between documents', () => {
  it.each([
    ['a link of Markdown', '/a.md', 'See [the runbook](guides/runbook.md#steps) for it.', '/guides/runbook.md'],
    ['a link with blanks', '/x/a.md', 'See [it](../guides/the%20book.md).', '/guides/the book.md'],
    [
      'a link of a page',
      '/a.html',
      '<h1>Pumps</h1><p>See <a href="guides/runbook.md?raw=1">the runbook</a> for it.</p>',
      '/guides/runbook.md',
    ],
    ['the name of a file', '/a.txt', 'All of it is told in runbook.md, on its first page.', '/guides/runbook.md'],
    ['a quoted title', '/a.txt', 'For more see the document "Runbook of pressure loss", please.', '/guides/runbook.md'],
    ['a number', '/a.txt', 'As RB-007 says, the valve is closed first.', '/guides/runbook.md'],
    ['an address', '/a.txt', 'It is at memory:///guides/runbook.md or https://example.com/other.', '/guides/runbook.md'],
  ])('%s leads to the document', async (kind, path, text, target) => {
    const world = await worldOf({ [target]: '# Runbook of pressure loss\n\nRB-007. Close the valve.', [path]: text });
    if (kind === 'an address')
      return expect(resolveLink('memory:///a.txt', 'memory:///guides/runbook.md')).toBe('memory:///guides/runbook.md');
    expect((await linksOf(world, path)).to).toEqual([target]);
    expect((await linksOf(world, target)).from).toEqual([path]);
  });

  it('follow an edit, a rename, a removal and a newcomer, without the other document being read again', async () => {
    const world = await worldOf({ '/a.md': '[b](b.md) and [c](c.md)', '/b.md': '# B is a long title' });
    expect((await linksOf(world, '/a.md')).to).toEqual(['/b.md', '? c.md']);
    await putAll(world, { '/c.md': '# C is a long title' });
    expect((await linksOf(world, '/a.md')).to).toEqual(['/b.md', '/c.md']);
    await world.remove('/b.md');
    await putAll(world, { '/d.md': '# B is a long title' });
    expect((await linksOf(world, '/a.md')).to).toEqual(['? b.md', '/c.md']);
    await putAll(world, { '/a.md': 'Only [d](d.md)' });
    expect([await linksOf(world, '/a.md'), await linksOf(world, '/c.md')]).toEqual([
      { to: ['/d.md'], from: [] },
      { to: [], from: [] },
    ]);
    expect(world.headOf('/c.md').generation).toBe(1);
  });

  it('are none to the document itself, to a place in it, to a mail box, or out of what is indexed', async () => {
    const world = await worldOf({
      '/a.md': '# RB-001 is this page\n\n[a](a.md) [top](#top) [mail](mailto:x@example.com) https://example.com/page',
    });
    expect(await linksOf(world, '/a.md')).toEqual({ to: [], from: [] });
  });

  it('do not come from the furniture of a page', async () => {
    const lines = Array.from(
      { length: 25 },
      (_, i) => `Pump ${i} in hall ${i * 7} moves water through pipe ${i * 13}, and is looked at in week ${i + 3}.`,
    );
    const prose = `<p>${lines.slice(0, 9).join(' ').replaceAll('Pump', 'Valve')}</p>`;
    const text = `<h1>Pumps</h1>${prose}<p>${lines.join(' ')} <a href="b.html">More</a></p>`;
    const page = `<html><body><nav><a href="home.html">Home</a><a href="shop.html">Shop</a></nav><main>${text}</main></body></html>`;
    const world = await worldOf({ '/a.html': page });
    expect((await linksOf(world, '/a.html')).to).toEqual(['? b.html']);
  });

  it('show no personal data where they dangle', async () => {
    const world = await worldOf({ '/a.md': 'See [the file](people/maria.keller@example.com/file.md).' });
    expect(JSON.stringify(world.manifestOf('/a.md'))).not.toContain('maria.keller');
    expect((await linksOf(world, '/a.md')).to).toHaveLength(1);
  });
});

describe('a link', () => {
  it.each([
    ['file:///a/b/c.md', 'd.md', 'file:///a/b/d.md'],
    ['file:///a/b/c.md', '../../../x.md', 'file:///x.md'],
    ['s3://bucket/a/b.md', '/c.md', 's3://bucket/c.md'],
    ['s3://bucket/a/b.md', './c%20d.md?x=1#y', 's3://bucket/a/c d.md'],
    ['https://wiki.example.com/a', '//other.example.com/b', 'https://other.example.com/b'],
    ['file:///a.md', '100%.md', 'file:///100%.md'],
    ['file:///a.md', 'mailto:a@b.example', undefined],
    ['file:///a.md', '', undefined],
  ])('from %s to %s', (from, link, uri) => expect(resolveLink(from, link)).toBe(uri));

  it('never leads out of its root, whatever it is', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, link) => {
        const uri = resolveLink(`file:///folder${path}`, link);
        return uri === undefined || /^[a-z][a-z0-9+.-]*:/i.test(uri);
      }),
    );
  });
});
