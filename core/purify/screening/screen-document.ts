import type { Element, Extracted } from '#schemas/records/extracted.ts';
import type { Head } from '#schemas/records/head.ts';
import { elementText } from '../../document-text.ts';
import { JoinedText } from '../../joined-text.ts';
import { wordsOfSidecar } from '../../sidecar-words.ts';
import type { Stretch } from './stretch.ts';

/** All texts of a document as one, its elements' first, what a reader does not see included, and what of it is source code. */
export type WholeText = { text: JoinedText; unseen: Stretch[]; code: Stretch[] };

/** `beside`: what is served with it and stands elsewhere. */
export function wholeText({ elements, metadata }: Pick<Extracted, 'elements' | 'metadata'>, beside: readonly string[] = []): WholeText {
  const described = Object.values(metadata).map((value) => (Array.isArray(value) ? value.join(', ') : value));
  const text = new JoinedText([...elements.map(elementText), ...described, ...beside], '\n\n');
  const where = (is: (element: Element) => boolean): Stretch[] =>
    elements.flatMap((element, at) => (is(element) ? [text.stretchOf(at)] : []));
  const hidden = where((element) => element.hidden !== undefined);
  return {
    text,
    unseen: [...hidden, ...described.map((_, i) => text.stretchOf(elements.length + i))],
    code: where(({ kind }) => kind === 'code'),
  };
}

/** What is served beside a document's own words, as others wrote it: its name, and what its side-car says. */
export function wordsBeside(head: Pick<Head, 'named' | 'observation'> | undefined): string[] {
  const { title, author, keywords = [] } = wordsOfSidecar(head?.observation);
  // The words of a name are divided by marks.
  return [head?.named?.replace(/[_+-]+/g, ' '), title, author, ...keywords].flatMap((words) => words || []);
}
