import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { elementText } from '../../document-text.ts';
import { JoinedText } from '../../joined-text.ts';
import type { Hit } from './phrase-matcher.ts';
import type { Stretch } from './stretch.ts';

/** All texts of a document as one, its elements' first, what a reader does not see included, and what of it is source code. */
export type WholeText = { text: JoinedText; unseen: Stretch[]; code: Stretch[] };

export function wholeText({ elements, metadata }: Pick<Extracted, 'elements' | 'metadata'>): WholeText {
  const described = Object.values(metadata).map((value) => (Array.isArray(value) ? value.join(', ') : value));
  const text = new JoinedText([...elements.map(elementText), ...described], '\n\n');
  const where = (is: (element: Element) => boolean): Stretch[] =>
    elements.flatMap((element, at) => (is(element) ? [text.stretchOf(at)] : []));
  const hidden = where((element) => element.hidden !== undefined);
  return {
    text,
    unseen: [...hidden, ...described.map((_, i) => text.stretchOf(elements.length + i))],
    code: where(({ kind }) => kind === 'code'),
  };
}

/** What stands in the place of a passage that is kept out. */
export const KEPT_OUT = '[A passage was kept out by the screening.]';

/** The document without the elements where the given hits are; each is marked in its place. */
export function withoutPassages(extracted: Extracted, { text }: WholeText, hits: readonly Hit[]): { document: Extracted; count: number } {
  let count = 0;
  const elements = extracted.elements.map((element, i): Element => {
    const at = text.stretchOf(i);
    if (!hits.some(({ start, end }) => start < at.end && at.start < end)) return element;
    count++;
    const { hidden, boilerplate, page, slide, sheet } = element;
    return {
      kind: 'paragraph',
      text: KEPT_OUT,
      ...(hidden !== undefined && { hidden }),
      ...(boilerplate !== undefined && { boilerplate }),
      ...(page !== undefined && { page }),
      ...(slide !== undefined && { slide }),
      ...(sheet !== undefined && { sheet }),
    };
  });
  const warning = { code: 'neutralised', message: `${count} passages were kept out by the screening`, count };
  return { document: { ...extracted, elements, warnings: [...extracted.warnings, warning] }, count };
}
