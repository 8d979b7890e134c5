import type { Extracted } from '#schemas/records/extracted.ts';
import { tellActiveXml } from './active/markup.ts';
import type { ParseContext } from './index.ts';
import { xmlElements } from './xml/document.ts';
import { expandEntities } from './xml/entities.ts';
import { attributeOf, decodeXml, parseXmlTree } from './xml-tree.ts';

/** Any XML, read by its structure and by the names that document vocabularies share. Nothing that it refers to is fetched. */
export function parseXml(bytes: Uint8Array, context: ParseContext): Extracted {
  const root = parseXmlTree(expandEntities(decodeXml(bytes), context), context);
  tellActiveXml(root, context.active);
  const elements = xmlElements(root, context.limits);
  // Several headings of the first level are sections or records, none of them the title.
  const [title, another] = elements.filter((element) => element.kind === 'heading' && element.level === 1 && !element.boilerplate);
  const language = attributeOf(root, 'lang');
  return {
    format: 'xml',
    metadata: {
      ...(title?.kind === 'heading' && !another ? { title: title.text } : {}),
      ...(language ? { language: language.toLowerCase() } : {}),
    },
    elements,
    warnings: [],
  };
}
