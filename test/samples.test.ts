import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PARSE_LIMITS, FORMATS } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import { SIDECAR_SUFFIX, Sidecar } from '#schemas/records/sidecar.ts';

const root = path.join(import.meta.dirname, '../samples');
const files = (folder: string): string[] =>
  globSync(`${folder}/**/*`, { cwd: root })
    .filter((file) => statSync(path.join(root, file)).isFile())
    .sort();
const documents = files('documents').filter((file) => !file.endsWith(SIDECAR_SUFFIX));
const parse = (file: string) => parseDocument(readFileSync(path.join(root, file)), path.basename(file), DEFAULT_PARSE_LIMITS);

/** An attachment is a document of its own; a script of a page and a sure guess are no loss. */
const HARMLESS = new Set(['active-script', 'guessed-encoding', 'attachment-skipped']);

describe('the sample documents', () => {
  it('are two or more of each format that has a text of its own', () => {
    const written = Object.entries(FORMATS).filter(([, known]) => 'load' in known && known.modality !== 'container');
    for (const [name, format] of written) {
      const ofFormat = documents.filter((file) => format.extensions.some((extension) => file.endsWith(extension)));
      expect(ofFormat.length, name).toBeGreaterThanOrEqual(2);
    }
  });

  it('are listed in the README, each of them and no others', () => {
    const listed = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/^\| ([\w./-]+\.\w+) \|/gm)].map((match) => match[1]);
    const there = [...documents, ...files('problems').filter((file) => !file.endsWith(SIDECAR_SUFFIX))];
    expect(listed.sort()).toEqual(there.map((file) => file.split(path.sep).slice(1).join('/')).sort());
  });

  it('have side-cars that say something valid of a file that is there', () => {
    for (const sidecar of files('documents').filter((file) => file.endsWith(SIDECAR_SUFFIX))) {
      expect(documents).toContain(sidecar.slice(0, -SIDECAR_SUFFIX.length));
      expect(Sidecar.safeParse(JSON.parse(readFileSync(path.join(root, sidecar), 'utf8'))).error).toBeUndefined();
    }
  });

  it.each(documents)('%s is read without a loss', async (file) => {
    const { elements, warnings } = await parse(file);
    expect(warnings.filter(({ code }) => !HARMLESS.has(code))).toEqual([]);
    expect(elements.length).toBeGreaterThan(0);
    expect(JSON.stringify(elements)).not.toContain('\ufffd');
  });
});

describe('the samples with problems', () => {
  it.each([
    ['cut-off.pdf', 'truncated'],
    ['deeply-nested.json', 'too-complex'],
    ['empty.txt', 'empty'],
    ['encrypted.pdf', 'encrypted'],
    ['not-a-pdf.pdf', 'type-mismatch'],
    ['plant-layout-1999.vsd', 'unsupported-format'],
    ['scanned-delivery-note.pdf', 'no-text'],
    ['truncated.docx', 'truncated'],
  ])('%s is rejected as %s', async (file, code) => {
    await expect(parse(path.join('problems', file))).rejects.toMatchObject({ code });
  });

  it.each(['hidden-instructions.html', 'versteckter-text.docx', 'white-text.pdf'])(
    '%s keeps what nobody sees, and flags it',
    async (file) => {
      const { elements } = await parse(path.join('problems', file));
      const of = (hidden: boolean): string => JSON.stringify(elements.filter((element) => (element.hidden !== undefined) === hidden));
      expect(of(true)).toMatch(/ignore all previous|ignore the other|vergiss alle/i);
      expect(of(false)).not.toMatch(/ignore all previous|ignore the other|vergiss alle/i);
    },
  );
});
