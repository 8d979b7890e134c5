import { BUILT_IN_FORMATS } from '../number-format.ts';
import type { OfficePackage } from '../ooxml.ts';
import { attributeOf, childOf, childrenOf, decodeXml, eachSubtree, elementsOf, textOf, type XmlNode } from '../xml-tree.ts';

/** Text of a shared or inline string: its runs, without the pronunciation that East Asian workbooks carry along. */
export const richText = (node: XmlNode): string =>
  elementsOf(node)
    .map((child) => (child.name === 't' ? textOf(child) : child.name === 'r' ? textOf(childOf(child, 't')) : ''))
    .join('')
    .replace(/_x([0-9A-F]{4})_/g, (whole, code: string) => (code === '000D' || code === '000A' ? '\n' : code === '005F' ? '_' : whole));

export async function readSharedStrings(office: OfficePackage, path: string | undefined): Promise<string[]> {
  const part = path === undefined ? undefined : await office.zip.read(path);
  const strings: string[] = [];
  if (part === undefined || part.length === 0) return strings;
  eachSubtree(
    decodeXml(part),
    (name) => name === 'si',
    (node) => strings.push(richText(node)),
    office.context,
  );
  return strings;
}

/** Number formats by the index that cells carry. */
export function cellFormats(styles: XmlNode | undefined): string[] {
  const custom = new Map(
    childrenOf(childOf(styles, 'numFmts'), 'numFmt').map((node) => [
      attributeOf(node, 'numFmtId') ?? '',
      attributeOf(node, 'formatCode') ?? '',
    ]),
  );
  return childrenOf(childOf(styles, 'cellXfs'), 'xf').map((node) => {
    const id = attributeOf(node, 'numFmtId') ?? '0';
    return custom.get(id) ?? BUILT_IN_FORMATS[Number(id)] ?? 'General';
  });
}
