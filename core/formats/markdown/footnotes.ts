import type { Env, MarkdownIt, StateBlock, StateInline } from 'markdown-it';

const DEFINITION = /^\[\^([^\]\s]{1,100})\]:[ \t]*/;
const MARK = /\[\^([^\]\s]{1,100})\]/y;
/** What ends the lazy lines of a note. */
const BLOCK_START = /^(?:#{1,6} |[-*+] |\d+[.)] |>|```|\|)/;

/** The labels of the notes that a text defines. */
function labelsIn(env: Env): Set<unknown> {
  if (!(env.footnotes instanceof Set)) env.footnotes = new Set();
  return env.footnotes instanceof Set ? env.footnotes : new Set();
}

/** `[^1]: text`, its lazy lines, and the indented paragraphs that follow it. CommonMark would take a note of one word for a link. */
function definition(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const match = isCode(state, startLine) ? null : DEFINITION.exec(lineOf(state, startLine));
  if (!match || silent) return match !== null;
  const lines = [lineOf(state, startLine).slice(match[0].length)];
  let line = startLine + 1;
  for (; line < endLine; line++) {
    if (state.isEmpty(line)) {
      if (line + 1 >= endLine || !isCode(state, line + 1)) break;
      lines.push('');
    } else if (!isCode(state, line) && (DEFINITION.test(lineOf(state, line)) || BLOCK_START.test(lineOf(state, line)))) break;
    else lines.push(lineOf(state, line).trimEnd());
  }
  state.line = line;
  labelsIn(state.env).add(match[1]);
  const token = state.push('footnote', 'aside', 0);
  token.content = lines.join('\n').trim();
  token.map = [startLine, line];
  return true;
}

const lineOf = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

/** Indented by so much, it is code to CommonMark; a note's further paragraphs are. */
const isCode = (state: StateBlock, line: number): boolean => (state.sCount[line] ?? 0) - state.blkIndent >= 4 && !state.isEmpty(line);

/** A mark says nothing without its number on paper; its note stands where it was written. */
function mark(state: StateInline, silent: boolean): boolean {
  MARK.lastIndex = state.pos;
  const match = MARK.exec(state.src);
  if (!match || !labelsIn(state.env).has(match[1])) return false;
  state.pos += match[0].length;
  if (!silent && /^[\s.,;:!?)]?$/.test(state.src.slice(state.pos, state.pos + 1))) state.pending = state.pending.trimEnd();
  return true;
}

/** Footnotes as PHP Markdown Extra, GitHub and Pandoc write them. */
export function footnotes(md: MarkdownIt): void {
  md.block.ruler.before('reference', 'footnote', definition, { alt: ['paragraph', 'reference'] });
  md.inline.ruler.before('link', 'footnote_mark', mark);
  md.renderer.rules.footnote = (tokens, index, _options, env) =>
    `<aside role="doc-footnote">${md.renderInline(tokens[index]?.content ?? '', env)}</aside>\n`;
}
