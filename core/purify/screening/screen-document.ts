import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { elementText } from '../../document-text.ts';
import type { Hit } from './phrase-matcher.ts';
import type { Stretch } from './stretch.ts';

/** All texts of a document as one, what a reader does not see included, which stretch is which element, and which is source code. */
export type WholeText = { text: string; placed: { element: Element; at: Stretch }[]; unseen: Stretch[]; code: Stretch[] };

export function wholeText({ elements, metadata }: Pick<Extracted, 'elements' | 'metadata'>): WholeText {
  const parts: string[] = [];
  const placed: WholeText['placed'] = [];
  let start = 0;
  const add = (text: string): Stretch => {
    const at = { start, end: start + text.length };
    parts.push(text);
    start = at.end + 2;
    return at;
  };
  for (const element of elements) placed.push({ element, at: add(elementText(element)) });
  const described = Object.values(metadata).map((value) => add(Array.isArray(value) ? value.join(', ') : value));
  const hidden = placed.filter(({ element }) => element.hidden !== undefined).map(({ at }) => at);
  const code = placed.filter(({ element }) => element.kind === 'code').map(({ at }) => at);
  return { text: parts.join('\n\n'), placed, unseen: [...hidden, ...described], code };
}

/** What stands in the place of a passage that is kept out. */
export const KEPT_OUT = '[A passage was kept out by the screening.]';

/** The document without the elements where the given hits are; each is marked in its place. */
export function withoutPassages(extracted: Extracted, { placed }: WholeText, hits: readonly Hit[]): { document: Extracted; count: number } {
  let count = 0;
  const elements = placed.map(({ element, at }): Element => {
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
