import type { Span } from '../ports/pii.ts';
import { addSpans, type Block, BlockSpans, blocksOf, keepSpans } from './blocks.ts';
import type { KeptParts } from './part-cache.ts';
import type { Piece } from './pieces.ts';

/** What a service is shown of the texts around those that it is asked about: a name over their border is seen from both sides. */
const AROUND = 300;

type Ask = (texts: readonly string[]) => Promise<readonly (readonly Span[])[] | undefined>;

const endOf = (pieces: readonly Piece[], at: number): string => pieces[at]?.text.slice(-AROUND) ?? '';
const beginningOf = (pieces: readonly Piece[], at: number): string => pieces[at]?.text.slice(0, AROUND) ?? '';

/** Blocks that follow each other are asked about together, in as few calls as all of them take. */
function runsOf(blocks: readonly Block[]): Block[][] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last?.at(-1)?.to === block.from) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

/**
 * The spans that a service sees in each piece. It is asked about blocks that it has not been asked about before, as they are and
 * with the same text around them. `shapedBy`: what else its answers hang on. Undefined: it cannot tell.
 */
export async function askedSpans(
  pieces: readonly Piece[],
  shapedBy: readonly string[],
  kept: KeptParts | undefined,
  ask: Ask,
): Promise<(readonly Span[])[] | undefined> {
  const texts = pieces.map(({ text }) => text);
  if (!kept) return (await ask(texts))?.slice();
  const shapingOf = ({ from, to }: Block): string[] => [
    ...shapedBy,
    endOf(pieces, from - 1),
    beginningOf(pieces, to),
    ...texts.slice(from, to),
  ];
  const spans: (readonly Span[])[] = pieces.map(() => []);
  const isNew = (block: Block): boolean => {
    const known = kept.known(shapingOf(block), BlockSpans);
    if (known) addSpans(spans, pieces, block, known);
    return known === undefined;
  };
  for (const run of runsOf(blocksOf(pieces).filter(isNew))) {
    const [first, last] = [run[0]?.from ?? 0, run.at(-1)?.to ?? 0];
    const seen = await ask([endOf(pieces, first - 1), ...texts.slice(first, last), beginningOf(pieces, last)]);
    if (!seen) return undefined;
    for (const block of run) {
      const found: BlockSpans = [];
      // The first of what was asked is the text before.
      for (let at = block.from; at < block.to; at++) keepSpans(found, pieces, block, at, seen[at - first + 1] ?? []);
      kept.keep(shapingOf(block), found);
      addSpans(spans, pieces, block, found);
    }
  }
  return spans;
}
