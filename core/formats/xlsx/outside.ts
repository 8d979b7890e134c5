import type { OfficePackage, Relation } from '../ooxml.ts';
import { attributeOf, descendantsOf, type XmlNode } from '../xml-tree.ts';

/** A workbook may name thousands of others; more say nothing new. */
const MAX_SOURCES = 200;
const SECRET = /\b(?:password|pwd)\s*=[^;]*;?/gi;

const attributesOf = (root: XmlNode, name: string, attribute: string): string[] =>
  [...descendantsOf(root, name)].map((node) => attributeOf(node, attribute) ?? '');

const sourcesIn = (root: XmlNode): string[] => [
  ...attributesOf(root, 'webPr', 'url'),
  ...attributesOf(root, 'textPr', 'sourceFile'),
  ...attributesOf(root, 'dbPr', 'connection').map((connection) => connection.replace(SECRET, '')),
  ...[...descendantsOf(root, 'ddeLink')].map((link) => `${attributeOf(link, 'ddeService') ?? ''}|${attributeOf(link, 'ddeTopic') ?? ''}`),
];

/** Where a workbook would fetch data from, or which program it would ask, if it were opened: nobody sees it in the sheets. */
export async function outsideSources(office: OfficePackage, relations: readonly Relation[]): Promise<string[]> {
  const found = new Set<string>();
  const parts = relations.filter(({ type, external }) => !external && (type === 'connections' || type === 'externalLink'));
  for (const { target } of parts.slice(0, MAX_SOURCES)) {
    const root = await office.tree(target);
    for (const source of root === undefined ? [] : sourcesIn(root)) found.add(source.trim());
    for (const relation of await office.relations(target)) if (relation.external) found.add(relation.target.trim());
  }
  found.delete('');
  return [...found].slice(0, MAX_SOURCES);
}
