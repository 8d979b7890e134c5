import { SluiceError } from '#core/errors.ts';
import { type Collector, collector } from './collect.ts';
import type { Parse, ParseContext } from './index.ts';
import { OdtReader } from './odt/blocks.ts';
import { type OdtStyles, readOdtStyles } from './odt/styles.ts';
import { metadataFrom, ODF_PROPERTIES } from './properties.ts';
import { childOf, childrenOf, decodeXml, descendantsOf, eachSubtree, parseXmlTree, type XmlNode } from './xml-tree.ts';
import { openZip, type Zip } from './zip.ts';

/** An OpenDocument text: body in order with notes and comments, headers and footers as boilerplate. */
export const parseOdt: Parse = async (bytes, context) => {
  const out = collector(context);
  const zip = await openZip(bytes, context);
  await refuseProtected(zip, context);
  const content = await zip.read('content.xml');
  if (content === undefined) throw new SluiceError('type-mismatch', `reading ${context.name}: a zip archive without content.xml`);
  if (content.length === 0) throw new SluiceError('corrupt', `reading ${context.name}: content.xml is empty`);
  const text = decodeXml(content);
  const stylesRoot = await treeOf(zip, 'styles.xml', context, out);
  const styles = readOdtStyles([stylesRoot, automaticStyles(text, context)]);
  readFurniture(stylesRoot, 'header', styles, context, out);
  readBody(text, styles, context, out);
  readFurniture(stylesRoot, 'footer', styles, context, out);
  const meta = childOf(await treeOf(zip, 'meta.xml', context, out), 'meta');
  return { format: 'odt', metadata: metadataFrom(meta, ODF_PROPERTIES), elements: out.elements, warnings: out.warnings };
};

async function refuseProtected(zip: Zip, { name }: ParseContext): Promise<void> {
  const manifest = await zip.read('META-INF/manifest.xml');
  const isProtected =
    zip.find('encrypted-package') !== undefined || (manifest !== undefined && /<(\w+:)?encryption-data\b/.test(decodeXml(manifest)));
  if (isProtected) throw new SluiceError('encrypted', `reading ${name}: protected with a password`);
}

async function treeOf(zip: Zip, path: string, context: ParseContext, out: Collector): Promise<XmlNode | undefined> {
  try {
    const part = await zip.read(path);
    return part === undefined || part.length === 0 ? undefined : parseXmlTree(decodeXml(part), context);
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'corrupt') throw error;
    out.warn('broken-part', `${path} cannot be read`);
    return undefined;
  }
}

function automaticStyles(text: string, context: ParseContext): XmlNode {
  const root: XmlNode = { name: 'document-content', prefix: '', attributes: {}, children: [] };
  eachSubtree(
    text,
    (name, ancestors) => ancestors.length === 1 && name === 'automatic-styles',
    (node) => root.children.push(node),
    context,
  );
  return root;
}

function readBody(text: string, styles: OdtStyles, context: ParseContext, out: Collector): void {
  const reader = new OdtReader(styles, context, out);
  let isText = false;
  const isBlock = (name: string, ancestors: readonly string[]): boolean => {
    if (ancestors.at(-1) === 'body' && name === 'text') isText = true;
    return ancestors.length === 3 && ancestors[2] === 'text' && ancestors[1] === 'body';
  };
  const whole = eachSubtree(text, isBlock, (node) => reader.read(node), context);
  reader.end();
  if (!isText) throw new SluiceError('type-mismatch', `reading ${context.name}: an OpenDocument file, but not a text`);
  if (!whole) out.warn('malformed-xml', 'the content is cut off; what stands before the break is kept');
}

/** Headers and footers of the page styles, each text once. */
function readFurniture(
  stylesRoot: XmlNode | undefined,
  kind: 'header' | 'footer',
  styles: OdtStyles,
  context: ParseContext,
  out: Collector,
): void {
  const own = collector(context);
  const reader = new OdtReader(styles, context, own, { boilerplate: kind });
  for (const page of childrenOf(childOf(stylesRoot, 'master-styles'), 'master-page')) {
    for (const name of [kind, `${kind}-left`, `${kind}-first`]) {
      for (const part of descendantsOf(page, name)) reader.readAll(part);
    }
  }
  const known = new Set<string>();
  for (const element of own.elements) {
    const key = JSON.stringify(element);
    if (!known.has(key)) out.add(element);
    known.add(key);
  }
}
