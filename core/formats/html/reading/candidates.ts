import { ancestorsOf, type Box, boxesOf, linkDensity, weightOf } from './box.ts';
import type { Page } from './build.ts';

const SCORED_ANCESTORS = 5;
const TOP = 5;
/** So many close rivals under one box make that box the content. */
const CLOSE_RIVALS = 3;

const TAG_SCORES: Readonly<Record<string, number>> = {
  div: 5,
  pre: 3,
  td: 3,
  blockquote: 3,
  address: -3,
  ol: -3,
  ul: -3,
  dl: -3,
  dd: -3,
  dt: -3,
  li: -3,
  form: -3,
  h1: -5,
  h2: -5,
  h3: -5,
  h4: -5,
  h5: -5,
  h6: -5,
  th: -5,
};

const initialScore = (box: Box, weighNames: boolean): number => (TAG_SCORES[box.tag] ?? 0) + (weighNames ? weightOf(box) : 0);

/** The boxes that together are the content: the one with the densest text and the neighbours that belong to it. */
export function contentBoxes(page: Page, weighNames: boolean): Box[] {
  const candidates = scoreAncestors(page, weighNames);
  for (const box of candidates) box.score = (box.score ?? 0) * (1 - linkDensity(box));
  const ranked = candidates.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0)).slice(0, TOP);
  const [best] = ranked;
  if (!best || best === page.root) return boxesOf(page.root).length > 0 || page.root.counts.letters > 0 ? [page.root] : [];
  const top = widened(best, ranked, page.root, weighNames);
  return withNeighbours(top);
}

function scoreAncestors(page: Page, weighNames: boolean): Box[] {
  const candidates: Box[] = [];
  for (const box of page.scored) {
    if (box.counts.letters < 25) continue;
    const score = 2 + box.counts.commas + Math.min(Math.floor(box.counts.letters / 100), 3);
    let level = 0;
    for (const ancestor of ancestorsOf(box)) {
      if (level >= SCORED_ANCESTORS) break;
      if (ancestor.score === undefined) {
        ancestor.score = initialScore(ancestor, weighNames);
        candidates.push(ancestor);
      }
      ancestor.score += score / (level === 0 ? 1 : level === 1 ? 2 : level * 3);
      level += 1;
    }
  }
  return candidates;
}

function widened(best: Box, ranked: readonly Box[], root: Box, weighNames: boolean): Box {
  let top = best;
  const rivals = ranked.slice(1).filter((box) => (box.score ?? 0) / (best.score ?? 1) >= 0.75);
  if (rivals.length >= CLOSE_RIVALS) {
    const above = rivals.map((box) => new Set(ancestorsOf(box)));
    for (const ancestor of ancestorsOf(best)) {
      if (ancestor === root) break;
      if (above.filter((ancestors) => ancestors.has(ancestor)).length < CLOSE_RIVALS) continue;
      top = ancestor;
      break;
    }
  }
  top.score ??= initialScore(top, weighNames);
  top = higher(top, root);
  // Content that was split lies beside the parent of an only child.
  while (top.parent && top.parent !== root && boxesOf(top.parent).length === 1) top = top.parent;
  top.score ??= initialScore(top, weighNames);
  return top;
}

/** A box above that scores more holds more of the content. */
function higher(top: Box, root: Box): Box {
  let last = top.score ?? 0;
  const least = last / 3;
  for (const ancestor of ancestorsOf(top)) {
    if (ancestor === root) break;
    if (ancestor.score === undefined) continue;
    if (ancestor.score < least) break;
    if (ancestor.score > last) return ancestor;
    last = ancestor.score;
  }
  return top;
}

function withNeighbours(top: Box): Box[] {
  if (!top.parent) return [top];
  const topScore = top.score ?? 0;
  const least = Math.max(10, topScore * 0.2);
  return boxesOf(top.parent).filter((box) => {
    if (box === top) return true;
    const bonus = top.className !== '' && box.className === top.className ? topScore * 0.2 : 0;
    if (box.score !== undefined && box.score + bonus >= least) return true;
    return box.tag === 'p' && isProseParagraph(box);
  });
}

function isProseParagraph(box: Box): boolean {
  const { letters } = box.counts;
  if (letters > 80) return linkDensity(box) < 0.25;
  return letters > 0 && linkDensity(box) === 0 && box.children.some((child) => 'value' in child && /\.( |$)/.test(child.value));
}
