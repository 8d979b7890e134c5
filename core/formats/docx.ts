import { SluiceError } from '#core/errors.ts';
import { tellFields } from './active/office.ts';
import { type Collector, collector } from './collect.ts';
import { BlockReader } from './docx/blocks.ts';
import { readChunks } from './docx/chunks.ts';
import { readNumbering } from './docx/numbering.ts';
import type { Story } from './docx/story.ts';
import { readStyles } from './docx/styles.ts';
import { readGraphics } from './graphics.ts';
import type { Parse, ParseContext } from './index.ts';
import { coreProperties, type OfficePackage, openPackage, type Relation } from './ooxml.ts';
import { attributeOf, childrenOf, eachSubtree, type XmlNode } from './xml-tree.ts';

type Shared = Pick<Story, 'styles' | 'numbering'> & { notes: Map<string, XmlNode> };

/** A Word document: body, text boxes, notes and comments in reading order, headers and footers as boilerplate. */
export const parseDocx: Parse = async (bytes, context) => {
  const out = collector(context);
  const office = await openPackage(bytes, context, 'word/document.xml', out);
  const relations = await office.relations(office.mainPart);
  const partOf = (type: string) => office.tree(relations.find((r) => r.type === type && !r.external)?.target);
  const shared: Shared = {
    styles: readStyles(await partOf('styles')),
    numbering: readNumbering(await partOf('numbering')),
    notes: new Map([
      ...notesOf('footnote', await partOf('footnotes')),
      ...notesOf('endnote', await partOf('endnotes')),
      ...notesOf('comment', await partOf('comments')),
    ]),
  };
  const text = await office.requiredText(office.mainPart);
  tellFields(text, context.active);
  const pages = text.includes('lastRenderedPageBreak') ? { current: 1 } : undefined;
  const story: Story = { ...(await storyOf(office, relations, shared, out)), ...(pages !== undefined && { pages }) };
  const wanted = usedFurniture(text, relations);
  for (const part of wanted.filter((r) => r.type === 'header')) await readFurniture(office, part, shared, out);
  readBody(text, story, out, context);
  for (const part of wanted.filter((r) => r.type === 'footer')) await readFurniture(office, part, shared, out);
  return {
    format: 'docx',
    metadata: await coreProperties(office),
    elements: out.elements,
    ...(pages !== undefined && { pages: pages.current }),
    warnings: out.warnings,
  };
};

const notesOf = (kind: string, root: XmlNode | undefined): [string, XmlNode][] =>
  childrenOf(root, kind)
    .filter((node) => !/separator|notice/i.test(attributeOf(node, 'type') ?? ''))
    .map((node) => [`${kind} ${attributeOf(node, 'id') ?? ''}`, node]);

function readBody(text: string, story: Story, out: Collector, context: ParseContext): void {
  const reader = new BlockReader(story, out);
  const isBlock = (name: string, ancestors: readonly string[]): boolean => {
    if (ancestors.length === 0 && name !== 'document') {
      throw new SluiceError('type-mismatch', `reading ${context.name}: the main part is <${name}>, not a Word document`);
    }
    return ancestors.length === 2 && ancestors[1] === 'body';
  };
  const whole = eachSubtree(text, isBlock, (node) => reader.read(node), context);
  reader.end();
  if (!whole) out.warn('malformed-xml', 'the document part is cut off; what stands before the break is kept');
}

/** Headers and footers that a section really uses; a file may carry many that none does. */
function usedFurniture(text: string, relations: readonly Relation[]): Relation[] {
  const references = text.matchAll(/<(?:\w+:)?(?:header|footer)Reference\b[^<>]*?:id\s*=\s*["']([^"'<>]*)["']/g);
  const used = new Set([...references].map(([, id]) => id));
  return relations.filter((r) => used.has(r.id) && !r.external);
}

async function readFurniture(office: OfficePackage, part: Relation, shared: Shared, out: Collector): Promise<void> {
  const root = await office.tree(part.target);
  if (root === undefined) return;
  const story = await storyOf(office, await office.relations(part.target), shared, out);
  const own = collector(office.context);
  const reader = new BlockReader({ ...story, boilerplate: part.type === 'footer' ? 'footer' : 'header' }, own);
  reader.readAll(root);
  reader.end();
  const known = new Set(out.elements.map((element) => JSON.stringify(element)));
  for (const element of own.elements) if (!known.has(JSON.stringify(element))) out.add(element);
}

async function storyOf(
  office: OfficePackage,
  relations: readonly Relation[],
  { styles, numbering, notes }: Shared,
  out: Collector,
): Promise<Story> {
  const parts = new Map([...(await readGraphics(office, relations)), ...(await readChunks(office, relations, out))]);
  const links = new Map(relations.filter((r) => r.external && r.type === 'hyperlink').map((r) => [r.id, r.target]));

  const story: Story = {
    styles,
    numbering,
    linkTarget: (id) => (id === undefined ? undefined : links.get(id)),
    attach(item, out) {
      if (item.kind === 'part') {
        for (const element of parts.get(item.id) ?? []) out.add(element);
        return;
      }
      const key = `${item.kind} ${item.id}`;
      const note = notes.get(key);
      if (note === undefined) return;
      // Once only: a note that refers to itself must not go round.
      notes.delete(key);
      const kind = item.kind === 'comment' ? 'note' : 'footnote';
      out.add({ kind, text: noteText(note, story, office.context) });
    },
  };
  return story;
}

function noteText(note: XmlNode, story: Story, context: ParseContext): string {
  const own = collector(context);
  const reader = new BlockReader(story, own);
  reader.readAll(note);
  reader.end();
  return own.elements
    .filter((element) => element.hidden === undefined)
    .map((element) => (element.kind === 'table' ? element.rows.map((row) => row.join(' ')).join('\n') : element.text))
    .join('\n');
}
