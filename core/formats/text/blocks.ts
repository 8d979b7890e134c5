/** Lines between blank lines, without trailing blanks. */
export type Block = string[];

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001\u3002\uFF01-\uFF5E]/u;
const LINE_END = /\r\n?|[\n\f\u0085\u2028\u2029]/;

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let block: Block = [];
  for (const line of text.split(LINE_END)) {
    if (/\S/.test(line)) block.push(line.trimEnd());
    else if (block.length > 0) {
      blocks.push(block);
      block = [];
    }
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

/** Lines broken by a typewriter's margin (at `width`) as one line; lines that end where their writer wanted stay. */
export function unwrap(lines: Block, width = widthOf(lines)): string {
  return isWrapped(lines, width)
    ? lines.map((line, i) => (i === 0 ? line.trim() : joint(lines[i - 1] ?? '', line) + line.trim())).join('')
    : lines.join('\n');
}

/** What stood at a line end. After a hyphen the line end itself, by which normalisation knows it; none within Chinese or Japanese. */
function joint(before: string, after: string): string {
  if (/\p{L}-$/u.test(before)) return '\n';
  return UNSPACED.test(before.slice(-2)) && UNSPACED.test(after.trimStart().slice(0, 2)) ? '' : ' ';
}

export const widthOf = (lines: Block): number => lines.reduce((most, line) => Math.max(most, line.length), 0);

function isWrapped(lines: Block, width: number): boolean {
  if (lines.length < 2) return false;
  if (width < 40 || width > 120) return false;
  const early = lines.slice(0, -1).filter((line, i) => {
    const nextWord = /\S+/.exec(lines[i + 1] ?? '')?.[0].length ?? 0;
    return line.length + 1 + nextWord < width * 0.8;
  });
  return early.length <= lines.length * 0.15;
}
