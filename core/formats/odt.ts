import { SluiceError } from '#core/errors.ts';
import { type Collector, collector } from './collect.ts';
import type { Parse, ParseContext } from './index.ts';
import { openOdf } from './odf.ts';
import { OdtReader } from './odt/blocks.ts';
import type { OdtStyles } from './odt/styles.ts';
import { childOf, childrenOf, descendantsOf, eachSubtree, type XmlNode } from './xml-tree.ts';

/** An OpenDocument text: body in order with notes and comments, headers and footers as boilerplate. */
export const parseOdt: Parse = async (bytes, context) => {
  const out = collector(context);
  const { content, stylesRoot, styles, metadata } = await openOdf(bytes, context, out);
  readFurniture(stylesRoot, 'header', styles, context, out);
  readBody(content, styles, context, out);
  readFurniture(stylesRoot, 'footer', styles, context, out);
  return { format: 'odt', metadata, elements: out.elements, warnings: out.warnings };
};

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
