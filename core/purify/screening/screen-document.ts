import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { elementText } from '../../document-text.ts';
import { JoinedText } from '../../joined-text.ts';
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
