import type { Collector } from '../collect.ts';
import { alternativeText, bodyText } from '../drawing.ts';
import { readGraphics } from '../graphics.ts';
import type { OfficePackage } from '../ooxml.ts';
import { childOf, descendantsOf, elementsOf, prefixedAttributeOf, type XmlNode } from '../xml-tree.ts';
import type { SheetFlags } from './cells.ts';

/** Shapes with text, pictures, charts and diagrams that lie on a sheet. */
export async function addDrawing(office: OfficePackage, path: string | undefined, flags: SheetFlags, out: Collector): Promise<void> {
  const root = await office.tree(path);
  if (root === undefined || path === undefined) return;
  const graphics = await readGraphics(office, await office.relations(path));
  const visit = (node: XmlNode): void => {
    if (node.name === 'sp') out.add({ kind: 'paragraph', text: bodyText(childOf(node, 'txBody')), ...flags });
    else if (node.name === 'pic') out.add({ kind: 'image', text: alternativeText(childOf(node, 'nvPicPr', 'cNvPr')), ...flags });
    else if (node.name === 'graphicFrame') {
      for (const reference of [...descendantsOf(node, 'chart'), ...descendantsOf(node, 'relIds')]) {
        const id = prefixedAttributeOf(reference, reference.name === 'chart' ? 'id' : 'dm') ?? '';
        for (const element of graphics.get(id) ?? []) out.add({ ...element, ...flags });
      }
    } else if (node.name !== 'Fallback') elementsOf(node).forEach(visit);
  };
  visit(root);
}
