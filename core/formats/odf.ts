import { SluiceError } from '#core/errors.ts';
import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import { tellActiveOdf } from './active/office.ts';
import type { Collector } from './collect.ts';
import { carryEmbeddedObjects } from './embedded/in-packages.ts';
import type { ParseContext } from './index.ts';
import { type OdtStyles, readOdtStyles } from './odt/styles.ts';
import { metadataFrom, ODF_PROPERTIES } from './properties.ts';
import { childOf, decodeXml, eachSubtree, parseXmlTree, type XmlNode } from './xml-tree.ts';
import { openZip, type Zip } from './zip.ts';

export type OdfFile = { content: string; stylesRoot: XmlNode | undefined; styles: OdtStyles; metadata: DocumentMetadata };

/** What OpenDocument files of every kind have. Throws `encrypted` for one with a password, `type-mismatch` for another zip. */
export async function openOdf(bytes: Uint8Array, context: ParseContext, out: Collector): Promise<OdfFile> {
  const zip = await openZip(bytes, context);
  await refuseProtected(zip, context);
  const part = await zip.read('content.xml');
  if (part === undefined) throw new SluiceError('type-mismatch', `reading ${context.name}: a zip archive without content.xml`);
  if (part.length === 0) throw new SluiceError('corrupt', `reading ${context.name}: content.xml is empty`);
  const content = decodeXml(part);
  tellActiveOdf(zip, content, context.active);
  await carryEmbeddedObjects(zip, context);
  const stylesRoot = await treeOf(zip, 'styles.xml', context, out);
  const styles = readOdtStyles([stylesRoot, automaticStyles(content, context)]);
  const meta = childOf(await treeOf(zip, 'meta.xml', context, out), 'meta');
  return { content, stylesRoot, styles, metadata: metadataFrom(meta, ODF_PROPERTIES) };
}

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
