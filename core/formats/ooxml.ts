import { SluiceError } from '#core/errors.ts';
import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import { tellActivePackage } from './active/office.ts';
import type { Collector } from './collect.ts';
import { carryEmbeddedParts, packageLinks } from './embedded/in-packages.ts';
import type { ParseContext } from './index.ts';
import { metadataFrom, OOXML_PROPERTIES } from './properties.ts';
import { attributeOf, childrenOf, decodeXml, parseXmlTree, type XmlNode } from './xml-tree.ts';
import { folderOf, openZip, resolvePath, type Zip } from './zip.ts';

/** A link from one part of an office package to another, or to the outside. */
export type Relation = {
  id: string;
  /** Last segment of the relationship type: `styles`, `header`, `hyperlink`, ... */
  type: string;
  /** Path of the part within the package, or the outside address. */
  target: string;
  external: boolean;
};

export type OfficePackage = {
  readonly zip: Zip;
  readonly context: ParseContext;
  /** Path of the part that the package is about. */
  readonly mainPart: string;
  /** Text of a part that the document cannot do without. */
  requiredText(path: string): Promise<string>;
  /** Tree of a part; undefined when it is absent, or broken, which costs that part and leaves a warning. */
  tree(path: string | undefined): Promise<XmlNode | undefined>;
  relations(path: string): Promise<Relation[]>;
};

const relationsOf = (path: string, root: XmlNode | undefined): Relation[] =>
  childrenOf(root, 'Relationship').map((node) => {
    const external = attributeOf(node, 'TargetMode') === 'External';
    const target = attributeOf(node, 'Target') ?? '';
    const type = attributeOf(node, 'Type') ?? '';
    return {
      id: attributeOf(node, 'Id') ?? '',
      type: type.slice(type.lastIndexOf('/') + 1),
      target: external ? target : resolvePath(path, target),
      external,
    };
  });

const relationsPath = (path: string): string => `${folderOf(path)}_rels/${path.slice(folderOf(path).length)}.rels`;

/**
 * Opens an OOXML package. `usualPart` is where its main part stands when the package's own relations do not say.
 * Throws `type-mismatch` for a zip that is no such package, and what `openZip` throws.
 */
export async function openPackage(bytes: Uint8Array, context: ParseContext, usualPart: string, notes: Collector): Promise<OfficePackage> {
  const zip = await openZip(bytes, context);

  async function tree(path: string | undefined): Promise<XmlNode | undefined> {
    if (path === undefined) return undefined;
    try {
      const part = await zip.read(path);
      return part === undefined || part.length === 0 ? undefined : parseXmlTree(decodeXml(part), context);
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'corrupt') throw error;
      notes.warn('broken-part', `${path} cannot be read`);
      return undefined;
    }
  }

  async function relations(path: string): Promise<Relation[]> {
    const found = relationsOf(path, await tree(relationsPath(path)));
    for (const { type, external, target } of found) if (external && type === 'hyperlink') context.link?.(target);
    return found;
  }
  const root = await relations('');
  const declared = root.find((r) => r.type === 'officeDocument' && !r.external)?.target;
  const mainPart = [declared, usualPart].find((path) => path !== undefined && zip.find(path) !== undefined);
  if (mainPart === undefined) {
    if (zip.find('EncryptedPackage') !== undefined)
      throw new SluiceError('encrypted', `reading ${context.name}: protected with a password`);
    throw new SluiceError('type-mismatch', `reading ${context.name}: a zip archive without ${usualPart}`);
  }

  const links = await packageLinks(zip);
  await tellActivePackage(zip, links, context.active);
  await carryEmbeddedParts(zip, links, context);
  return {
    zip,
    context,
    mainPart,
    tree,
    relations,
    async requiredText(path) {
      const part = await zip.read(path);
      if (part === undefined || part.length === 0) throw new SluiceError('corrupt', `reading ${context.name}: ${path} is missing or empty`);
      return decodeXml(part);
    },
  };
}

/** The part that a relation of this type leads to; undefined: none within the package. */
export const related = (relations: readonly Relation[], type: string): string | undefined =>
  relations.find((r) => r.type === type && !r.external)?.target;

/** Title, author and dates that the package states; nothing when they are missing or broken. */
export async function coreProperties(office: OfficePackage): Promise<DocumentMetadata> {
  const path = (await office.relations('')).find((r) => r.type === 'core-properties')?.target ?? 'docProps/core.xml';
  return metadataFrom(await office.tree(path), OOXML_PROPERTIES);
}
