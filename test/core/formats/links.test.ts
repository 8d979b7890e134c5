import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { DEFAULT_PARSE_LIMITS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const relations = (...rows: string[]): Uint8Array =>
  strToU8(`${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.join('')}</Relationships>`);
const relation = (id: string, type: string, target: string, mode = ''): string =>
  `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"${mode}/>`;

const linksOf = async (name: string, bytes: Uint8Array): Promise<string[] | undefined> =>
  (await parseDocument(bytes, name, DEFAULT_PARSE_LIMITS)).links;

it('a Word document tells where its hyperlinks lead', async () => {
  const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const body = `<w:p><w:hyperlink r:id="rId9"><w:r><w:t>the runbook of the pump station</w:t></w:r></w:hyperlink></w:p>`;
  const bytes = zipSync({
    '[Content_Types].xml': strToU8(`${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'word/document.xml')),
    'word/document.xml': strToU8(`${XML}<w:document xmlns:w="${W}" xmlns:r="${RELATION}"><w:body>${body}</w:body></w:document>`),
    'word/_rels/document.xml.rels': relations(
      relation('rId9', 'hyperlink', '../runbook.docx', ' TargetMode="External"'),
      relation('rId3', 'styles', 'styles.xml'),
    ),
  });
  expect(await linksOf('a.docx', bytes)).toEqual(['../runbook.docx']);
});

it.each([
  ['a.md', 'See [one](one.md), <https://example.com/x> and [two][2].\n\n[2]: two.md', ['one.md', 'https://example.com/x', 'two.md']],
  ['a.md', '[top](#top) and no other', undefined],
  ['a.md', 'With <b>markup</b> and a [link](one.md).', ['one.md']],
  ['a.html', '<p>See <a href="one.html">one</a>, <a href="one.html">again</a> and <a name="x">none</a>.</p>', ['one.html']],
])('%s: %s', async (name, text, links) => expect(await linksOf(name, strToU8(text))).toEqual(links));

it('a sample has those of its text and none twice', async () => {
  const file = path.join(import.meta.dirname, '../../../samples/documents/service/handover-pump-station-2.md');
  expect(await linksOf('handover.md', readFileSync(file))).toEqual(['runbook-pressure-loss.md', '../products/station-2-drawing.pdf']);
});
