import { SluiceError } from '#core/errors.ts';
import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import { type Collector, collector } from './collect.ts';
import { htmlElements } from './html.ts';
import type { Parse, ParseContext } from './index.ts';
import { metadataFrom } from './properties.ts';
import { attributeOf, childOf, childrenOf, decodeXml, descendantsOf, parseXmlTree, textOf, type XmlNode } from './xml-tree.ts';
import { openZip, resolvePath, type Zip } from './zip.ts';

/** An EPUB: its chapters in the order of the spine. */
export const parseEpub: Parse = async (bytes, context) => {
  const out = collector(context);
  const zip = await openZip(bytes, context);
  const packagePath = await packageAt(zip, context);
  const root = parseXmlTree(await textAt(zip, packagePath, context), context);
  await refuseProtected(zip, context);
  const items = new Map(childrenOf(childOf(root, 'manifest'), 'item').map((item) => [attributeOf(item, 'id') ?? '', item]));
  for (const text of descriptionsOf(childOf(root, 'metadata'), context)) out.add({ kind: 'note', text });
  for (const reference of childrenOf(childOf(root, 'spine'), 'itemref')) {
    const item = items.get(attributeOf(reference, 'idref') ?? '');
    if (item !== undefined) await readChapter(zip, item, resolvePath(packagePath, attributeOf(item, 'href') ?? ''), context, out);
  }
  return { format: 'epub', metadata: metadataOf(root), elements: out.elements, warnings: out.warnings };
};

async function textAt(zip: Zip, path: string, { name }: ParseContext): Promise<string> {
  const part = await zip.read(path);
  if (part === undefined || part.length === 0) throw new SluiceError('corrupt', `reading ${name}: ${path} is missing or empty`);
  return decodeXml(part);
}

async function packageAt(zip: Zip, context: ParseContext): Promise<string> {
  if (zip.find('META-INF/container.xml') === undefined)
    throw new SluiceError('type-mismatch', `reading ${context.name}: a zip archive that is no EPUB`);
  const container = parseXmlTree(await textAt(zip, 'META-INF/container.xml', context), context);
  const path = attributeOf([...descendantsOf(container, 'rootfile')][0], 'full-path');
  if (path === undefined) throw new SluiceError('corrupt', `reading ${context.name}: the container names no package`);
  return resolvePath('', path);
}

/** Fonts may be scrambled in any book; chapters are only where rights management holds them. */
async function refuseProtected(zip: Zip, context: ParseContext): Promise<void> {
  const part = await zip.read('META-INF/encryption.xml');
  if (part === undefined || part.length === 0) return;
  const locked = [...descendantsOf(parseXmlTree(decodeXml(part), context), 'CipherReference')].map(
    (node) => attributeOf(node, 'URI') ?? '',
  );
  if (locked.some((uri) => /\.x?html?$/i.test(uri)))
    throw new SluiceError('encrypted', `reading ${context.name}: its chapters are protected (DRM)`);
}

async function readChapter(zip: Zip, item: XmlNode, path: string, context: ParseContext, out: Collector): Promise<void> {
  const type = attributeOf(item, 'media-type') ?? '';
  if (type !== '' && !/html|xml/i.test(type)) return;
  let part: Uint8Array | undefined;
  try {
    part = await zip.read(path);
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'corrupt') throw error;
  }
  if (part === undefined) return out.warn('broken-part', `${path} cannot be read`);
  const isContents = (attributeOf(item, 'properties') ?? '').split(/\s+/).includes('nav');
  // Links lead from one chapter to the next.
  const { link: _, ...within } = context;
  for (const element of htmlElements(asHtml(decodeXml(part)), within)) {
    out.add(isContents ? { ...element, boilerplate: 'navigation' } : element);
  }
}

const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * HTML has no empty-element tags: to its parser `<title/>` opens a title that swallows the chapter; and a CDATA section
 * would be a comment.
 */
const asHtml = (xhtml: string): string =>
  withoutCdata(xhtml).replace(
    /<([A-Za-z][\w.-]*)(?![\w.-])((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)\/>/g,
    (whole, name: string, attributes: string) => (VOID.test(name) ? whole : `<${name}${attributes}></${name}>`),
  );

const withoutCdata = (xhtml: string): string =>
  xhtml
    .split('<![CDATA[')
    .map((part, i) => {
      const end = i === 0 ? -1 : part.indexOf(']]>');
      return end === -1 ? part : escaped(part.slice(0, end)) + part.slice(end + 3);
    })
    .join('');

/** What the publisher says of the book, often as HTML; the book itself seldom does. */
const descriptionsOf = (metadata: XmlNode | undefined, context: ParseContext): string[] =>
  childrenOf(metadata, 'description').flatMap((node) =>
    htmlElements(textOf(node), context).flatMap((element) => (element.kind === 'table' || element.hidden ? [] : [element.text])),
  );

function metadataOf(root: XmlNode): DocumentMetadata {
  const node = childOf(root, 'metadata');
  const found = metadataFrom(node, { author: ['creator'], created: ['date'], modified: [] });
  const changed = childrenOf(node, 'meta').find((meta) => attributeOf(meta, 'property') === 'dcterms:modified');
  const time = changed === undefined ? Number.NaN : Date.parse(textOf(changed).trim());
  return Number.isNaN(time) ? found : { ...found, modified: new Date(time).toISOString() };
}
