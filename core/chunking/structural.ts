import type { DocumentText, PlacedElement } from '../document-text.ts';
import { type Atoms, emptyAtoms, tokenSums } from './atoms.ts';
import { chooseCuts, joinSmall } from './boundaries.ts';
import type { Chunk } from './chunk.ts';
import { type Outlined, outline } from './outline.ts';
import { splitElement } from './split-element.ts';
import { tableHead } from './table-head.ts';
import { estimateTokens } from './tokens.ts';

/** Chunks of at most this share of the most are joined with a neighbour. */
const MIN_SHARE = 1 / 8;

/** Chunks along the document's structure; see `chooseCuts` for how borders are chosen. Linear in the text. */
export function structuralChunks({ text, placed }: DocumentText, maxTokens: number): Chunk[] {
  const outlined = outline(placed);
  const atoms = emptyAtoms();
  placed.forEach((element, position) => {
    const { strength = 0 } = outlined[position] ?? {};
    splitElement(atoms, text, element, { position, strength, maxTokens });
  });
  const sums = tokenSums(text, atoms);
  const cuts = chooseCuts(text, atoms, sums, maxTokens);
  joinSmall(cuts, atoms, sums, { minTokens: maxTokens * MIN_SHARE, maxTokens });
  const begins = [...cuts.keys()].filter((i) => cuts[i] === 1);
  return begins.map((first, n) => chunkOf({ text, placed, outlined, atoms }, first, (begins[n + 1] ?? cuts.length) - 1));
}

type Cut = { text: string; placed: readonly PlacedElement[]; outlined: readonly Outlined[]; atoms: Atoms };

function chunkOf({ text, placed, outlined, atoms }: Cut, first: number, last: number): Chunk {
  const start = atoms.starts[first] ?? 0;
  const end = atoms.ends[last] ?? 0;
  const at = atoms.elements[first] ?? 0;
  const below = firstBelowHeadings(placed, at, atoms.elements[last] ?? at);
  const header = tableHead(text, placed[at], start);
  const page = outlined[at]?.page;
  const body = text.slice(start, end);
  return {
    start,
    end,
    text: body,
    tokens: estimateTokens(body),
    path: outlined[below]?.path ?? [],
    ...(header !== undefined && { tableHeader: header }),
    ...(page !== undefined && { page }),
  };
}

/** A chunk that opens with headings stands under all of them. */
function firstBelowHeadings(placed: readonly PlacedElement[], first: number, last: number): number {
  let at = first;
  while (at < last && placed[at]?.element.kind === 'heading') at++;
  return at;
}
