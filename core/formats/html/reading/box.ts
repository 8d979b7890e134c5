import type { HtmlElement, HtmlText } from '../dom.ts';
import { nameWeight } from './words.ts';

/** What is counted in a box, its own text and all below; kept current as boxes are taken out. */
const COUNTED = [
  'letters',
  'linkLetters',
  'headingLetters',
  'listLetters',
  'commas',
  'paragraphs',
  'images',
  'items',
  'inputs',
  'embeds',
  'videos',
  /** Elements that usually hold text: without any, it is no content. */
  'textual',
  'breaks',
  'dataTables',
] as const;
export type Counts = Record<(typeof COUNTED)[number], number>;

/** A part of the page as the judge sees it: what a reader does not see is gone, loose text stands in paragraphs. */
export type Box = {
  tag: string;
  className: string;
  id: string;
  /** None for a paragraph that the page only implies. */
  element: HtmlElement | undefined;
  parent: Box | undefined;
  children: (Box | HtmlText)[];
  counts: Counts;
  /** Set once it is a candidate. */
  score: number | undefined;
  isDataTable: boolean;
};

const NO_COUNTS: Readonly<Counts> = {
  letters: 0,
  linkLetters: 0,
  headingLetters: 0,
  listLetters: 0,
  commas: 0,
  paragraphs: 0,
  images: 0,
  items: 0,
  inputs: 0,
  embeds: 0,
  videos: 0,
  textual: 0,
  breaks: 0,
  dataTables: 0,
};

export const newBox = (tag: string, element?: HtmlElement): Box => ({
  tag,
  className: '',
  id: '',
  element,
  parent: undefined,
  children: [],
  counts: { ...NO_COUNTS },
  score: undefined,
  isDataTable: false,
});

export const isBox = (child: Box | HtmlText): child is Box => 'tag' in child;
export const boxesOf = (box: Box): Box[] => box.children.filter(isBox);

export function adopt(parent: Box, children: readonly (Box | HtmlText)[]): void {
  parent.children = [...children];
  for (const child of children) if (isBox(child)) child.parent = parent;
}

export function* ancestorsOf(box: Box): Generator<Box> {
  for (let at = box.parent; at; at = at.parent) yield at;
}

/** Every box below, in document order. A stack, as nested generators cost their depth for every step. */
export function* below(box: Box): Generator<Box> {
  const open = boxesOf(box).toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    for (let i = next.children.length - 1; i >= 0; i--) {
      const child = next.children[i];
      if (child && isBox(child)) open.push(child);
    }
  }
}

export function clearCounts(counts: Counts): void {
  for (const key of COUNTED) counts[key] = 0;
}

export function addCounts(to: Counts, from: Counts, sign: 1 | -1 = 1): void {
  for (const key of COUNTED) to[key] += sign * from[key];
}

/** Takes a box out of its page; costs its depth. */
export function remove(box: Box): void {
  for (const ancestor of ancestorsOf(box)) addCounts(ancestor.counts, box.counts, -1);
  const siblings = box.parent?.children;
  const at = siblings?.indexOf(box) ?? -1;
  if (at !== -1) siblings?.splice(at, 1);
  box.parent = undefined;
}

export const linkDensity = (box: Box): number => (box.counts.letters === 0 ? 0 : box.counts.linkLetters / box.counts.letters);

export const weightOf = (box: Box): number => nameWeight(box.className) + nameWeight(box.id);
