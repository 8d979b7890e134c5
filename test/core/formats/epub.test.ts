import { describe, expect, test } from 'vitest';
import { SluiceError } from '#core/errors.ts';
import { parseEpub } from '#core/formats/epub.ts';
import { type Parts, parsing, zipOf } from './office/packages.ts';

const parse = parsing(parseEpub, 'a.epub');
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'parsed',
    (error: unknown) => (error instanceof SluiceError ? error.code : error),
  );
const chapter = (body: string, head = '<title>t</title>'): string =>
  `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>${head}</head><body>${body}</body></html>`;

const container =
  '<container><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>';
const metadata =
  '<dc:title>Tides</dc:title><dc:creator>Ada</dc:creator><dc:language>en</dc:language><dc:date>2020</dc:date><meta property="dcterms:modified">2021-05-06T07:08:09Z</meta>';
const book = (chapters: Record<string, string>, spine: string[], extra: Parts = {}, properties: Record<string, string> = {}): Uint8Array =>
  zipOf({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': container,
    'OEBPS/content.opf': `<package xmlns:dc="dc"><metadata>${metadata}</metadata><manifest>${Object.keys(chapters)
      .map(
        (name) =>
          `<item id="${name}" href="text/${name}.xhtml" media-type="application/xhtml+xml" properties="${properties[name] ?? ''}"/>`,
      )
      .join('')}</manifest><spine>${spine.map((id) => `<itemref idref="${id}"/>`).join('')}</spine></package>`,
    ...Object.fromEntries(Object.entries(chapters).map(([name, text]) => [`OEBPS/text/${name}.xhtml`, text])),
    ...extra,
  });

test('chapters come in the order of the spine, with headings and lists', async () => {
  const { elements } = await parse(
    book({ a: chapter('<p>Second.</p><ul><li>point</li></ul>'), b: chapter('<h1>First</h1><p>Text</p>') }, ['b', 'a']),
  );
  expect(elements).toMatchObject([
    { kind: 'heading', level: 1, text: 'First' },
    { kind: 'paragraph', text: 'Text' },
    { kind: 'paragraph', text: 'Second.' },
    { kind: 'list-item', text: 'point' },
  ]);
});

test('what the publisher says of the book comes first, as a note', async () => {
  const said = '<dc:description>&lt;p&gt;A book of &lt;b&gt;tides&lt;/b&gt;.&lt;/p&gt;</dc:description>';
  const item = '<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>';
  const opf = `<package xmlns:dc="dc"><metadata>${metadata}${said}</metadata><manifest>${item}</manifest><spine><itemref idref="a"/></spine></package>`;
  const { elements } = await parse(book({ a: chapter('<p>Text</p>') }, ['a'], { 'OEBPS/content.opf': opf }));
  expect(elements).toEqual([
    { kind: 'note', text: 'A book of tides.' },
    { kind: 'paragraph', text: 'Text' },
  ]);
});

test('tags that XHTML closes in themselves do not swallow the chapter', async () => {
  const { elements } = await parse(
    book({ a: chapter('<a id="x"/><div class="a > b"/><p>Still here<br/>and here</p>', '<title/><script src="x.js"/>') }, ['a']),
  );
  expect(elements).toMatchObject([{ kind: 'paragraph', text: 'Still here\nand here' }]);
});

test('marks of notes do not stick to words, and what they lead to are footnotes', async () => {
  const { elements } = await parse(
    book(
      {
        a: chapter(
          '<p>The flow.<sup><a href="#n1" id="r1">1</a></sup> It grows<a epub:type="noteref" href="#n2">2</a> by 10<sup>6</sup> m<sup>3</sup>. See<sup><a href="#n3">[3]</a></sup>.</p><aside id="n1"><p>1. A rule.</p></aside><ol><li epub:type="footnote" id="n2">Daily. <a epub:type="backlink" href="#r2">back</a><a href="#r2">\u21a9</a></li></ol>',
        ),
      },
      ['a'],
    ),
  );
  expect(elements).toEqual([
    { kind: 'paragraph', text: 'The flow. It grows by 10^6 m3. See[3].' },
    { kind: 'footnote', text: '1. A rule.' },
    { kind: 'footnote', text: 'Daily.' },
  ]);
});

test('character data sections are text', async () => {
  const { elements } = await parse(book({ a: chapter('<p>if <![CDATA[a < b & c]]> holds</p>') }, ['a']));
  expect(elements).toEqual([{ kind: 'paragraph', text: 'if a < b & c holds' }]);
});

test('the book says who, what and when', async () => {
  const { metadata: found } = await parse(book({ a: chapter('<p>x</p>') }, ['a']));
  expect(found).toEqual({
    title: 'Tides',
    author: 'Ada',
    language: 'en',
    created: '2020-01-01T00:00:00.000Z',
    modified: '2021-05-06T07:08:09.000Z',
  });
});

test('the contents page is navigation', async () => {
  const { elements } = await parse(book({ nav: chapter('<p>Chapter 1</p>'), a: chapter('<p>Text</p>') }, ['nav', 'a'], {}, { nav: 'nav' }));
  expect(elements.map((e) => e.boilerplate)).toEqual(['navigation', undefined]);
});

test('a chapter that is not there costs that chapter', async () => {
  const { elements, warnings } = await parse(book({ a: chapter('<p>Text</p>'), b: '' }, ['b', 'a', 'unknown']));
  expect(elements).toHaveLength(1);
  const bytes = book({ a: chapter('<p>Text</p>') }, ['a'], {
    'OEBPS/content.opf': '<package><manifest><item id="m" href="missing.xhtml"/></manifest><spine><itemref idref="m"/></spine></package>',
  });
  expect([...warnings, ...(await parse(bytes)).warnings]).toMatchObject([{ code: 'broken-part' }]);
});

describe('bad files', () => {
  test('a book whose chapters are protected is encrypted; scrambled fonts do not matter', async () => {
    const locked = (uri: string) => ({
      'META-INF/encryption.xml': `<encryption xmlns:enc="e"><enc:EncryptedData><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`,
    });
    expect(await codeOf(parse(book({ a: chapter('<p>x</p>') }, ['a'], locked('OEBPS/text/a.xhtml'))))).toBe('encrypted');
    expect(await codeOf(parse(book({ a: chapter('<p>x</p>') }, ['a'], locked('OEBPS/font.otf'))))).toBe('parsed');
  });

  test('a zip without a container is a mismatch, a container without a package corrupt', async () => {
    expect(await codeOf(parse(zipOf({ 'a.txt': 'x' })))).toBe('type-mismatch');
    expect(await codeOf(parse(zipOf({ 'META-INF/container.xml': container })))).toBe('corrupt');
  });
});
