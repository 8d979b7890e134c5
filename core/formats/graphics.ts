import type { TableElement, TextElement } from '#schemas/records/extracted.ts';
import { chartElements } from './chart.ts';
import { diagramTexts } from './drawing.ts';
import type { OfficePackage, Relation } from './ooxml.ts';

/** A part with more charts and diagrams than this loses the rest, not the document. */
const MAX_GRAPHICS = 500;

export type Graphics = Map<string, (TableElement | TextElement)[]>;

/** The charts and diagrams that a part refers to, by relation id. */
export async function readGraphics(office: OfficePackage, relations: readonly Relation[]): Promise<Graphics> {
  const graphics: Graphics = new Map();
  const wanted = relations.filter((r) => !r.external && (r.type === 'chart' || r.type === 'diagramData'));
  for (const relation of wanted.slice(0, MAX_GRAPHICS)) {
    const root = await office.tree(relation.target);
    if (root === undefined) continue;
    const isChart = relation.type === 'chart';
    graphics.set(relation.id, isChart ? chartElements(root) : diagramTexts(root).map((text) => ({ kind: 'paragraph', text })));
  }
  return graphics;
}
