import { attributeOf, childOf, descendantsOf, type XmlNode } from '../xml-tree.ts';

/** What a shape stands for on its slide. */
export type Placeholder = { type: string; index: string | undefined };

export const placeholderOf = (shape: XmlNode): Placeholder | undefined => {
  const node = childOf(shape.children.length === 0 ? undefined : propertiesOf(shape), 'nvPr', 'ph');
  return node === undefined ? undefined : { type: attributeOf(node, 'type') ?? 'body', index: attributeOf(node, 'idx') };
};

/** The `nvSpPr`, `nvPicPr`, ... of a shape. */
export const propertiesOf = (shape: XmlNode): XmlNode | undefined =>
  shape.children.find((child): child is XmlNode => typeof child !== 'string' && /^nv\w+Pr$/.test(child.name));

/** Whether a list style gives this level a bullet; undefined: it does not say. */
function bulletIn(listStyle: XmlNode | undefined, level: number): boolean | undefined {
  const properties = childOf(listStyle, `lvl${level + 1}pPr`);
  if (childOf(properties, 'buNone') !== undefined) return false;
  return childOf(properties, 'buChar') !== undefined ||
    childOf(properties, 'buAutoNum') !== undefined ||
    childOf(properties, 'buBlip') !== undefined
    ? true
    : undefined;
}

/** The layout's or master's shape that a slide's placeholder takes after: same index, else same type. */
function counterpart(placeholder: Placeholder, page: XmlNode | undefined): XmlNode | undefined {
  const shapes = page === undefined ? [] : [...descendantsOf(page, 'sp')];
  const of = (test: (other: Placeholder) => boolean) =>
    shapes.find((shape) => {
      const other = placeholderOf(shape);
      return other !== undefined && test(other);
    });
  return of((o) => placeholder.index !== undefined && o.index === placeholder.index) ?? of((o) => o.type === placeholder.type);
}

/** Whether text in a placeholder has bullets where neither its paragraph nor its shape says so. */
export function inheritedBullet(
  placeholder: Placeholder,
  level: number,
  layout: XmlNode | undefined,
  master: XmlNode | undefined,
): boolean {
  const styles = [
    childOf(counterpart(placeholder, layout), 'txBody', 'lstStyle'),
    childOf(counterpart(placeholder, master), 'txBody', 'lstStyle'),
    placeholder.type === 'body' ? childOf(master, 'txStyles', 'bodyStyle') : undefined,
  ];
  return styles.map((style) => bulletIn(style, level)).find((answer) => answer !== undefined) ?? false;
}

export const ownBullet = (paragraph: XmlNode | undefined, listStyle: XmlNode | undefined, level: number): boolean | undefined => {
  if (childOf(paragraph, 'buNone') !== undefined) return false;
  if (['buChar', 'buAutoNum', 'buBlip'].some((name) => childOf(paragraph, name) !== undefined)) return true;
  return bulletIn(listStyle, level);
};
