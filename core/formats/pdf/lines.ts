import { type Line, overlap, type Run, type Style, unionOf } from './model.ts';

/** Runs whose heights overlap by this part of the smaller one stand on one line. */
const SAME_LINE = 0.5;
/** A gap of this part of the font size is a space. */
const WORD_GAP = 0.15;

/** Runs by line, from the top; runs of a line in reading order. */
export function rowsOf(runs: readonly Run[]): Run[][] {
  const sorted = runs.toSorted((a, b) => a.baseline - b.baseline || a.x0 - b.x0);
  const rows: { runs: Run[]; core: Run }[] = [];
  for (const run of sorted) {
    const row = rows.slice(-3).findLast((candidate) => isOnLine(nearest(candidate, run), run));
    if (row === undefined) rows.push({ runs: [run], core: run });
    else {
      row.runs.push(run);
      if (run.size > row.core.size * 1.05) row.core = run;
    }
  }
  return rows.map((row) => inReadingOrder(row.runs));
}

/** What decides whether a run is on a row: its latest run of a similar size, since a large one reaches over several lines. */
const nearest = (row: { runs: Run[]; core: Run }, run: Run): Run =>
  row.core.size < run.size * 1.5 ? row.core : (row.runs.findLast((other) => other.size < run.size * 1.5) ?? row.core);

const isOnLine = (a: Run, b: Run): boolean => overlap(a.y0, a.y1, b.y0, b.y1) >= SAME_LINE * Math.min(a.y1 - a.y0, b.y1 - b.y0);

const inReadingOrder = (runs: Run[]): Run[] =>
  runs.some((run) => run.rightToLeft) ? runs.sort((a, b) => a.order - b.order) : runs.sort((a, b) => a.x0 - b.x0);

export function lineOf(runs: readonly Run[]): Line {
  const { size, bold, italic, baseline } = dominant(runs);
  const mono = runs.every((run) => run.mono);
  const hidden = runs.every((run) => run.hidden !== undefined) ? runs[0]?.hidden : undefined;
  return {
    kind: 'line',
    ...unionOf(runs),
    ...{ text: joined(runs), size, bold, italic, mono, baseline },
    ...(hidden === undefined ? {} : { hidden }),
  };
}

/** Texts in order, with a space where the gap or the page says so. */
export function joined(runs: readonly Run[]): string {
  const parts: string[] = [];
  let last: Run | undefined;
  for (const run of runs) {
    if (last !== undefined && isApart(last, run)) parts.push(' ');
    parts.push(run.text);
    last = run;
  }
  return parts.join('');
}

function isApart(last: Run, run: Run): boolean {
  if (run.spaceBefore && run.order > last.order) return true;
  const gap = Math.max(run.x0 - last.x1, last.x0 - run.x1);
  return gap > WORD_GAP * Math.max(last.size, run.size);
}

/** The style in which most of the characters stand. */
export function dominant(runs: readonly Run[]): Style & { baseline: number } {
  const first = runs[0];
  if (first === undefined) throw new RangeError('a line has a run');
  if (runs.length === 1) return first;
  const weights = new Map<string, { run: Run; characters: number }>();
  for (const run of runs) {
    const key = `${Math.round(run.size * 2)} ${run.bold} ${run.italic} ${run.mono}`;
    const entry = weights.get(key);
    if (entry === undefined) weights.set(key, { run, characters: run.text.length });
    else entry.characters += run.text.length;
  }
  return [...weights.values()].reduce((best, entry) => (entry.characters > best.characters ? entry : best)).run;
}

const LETTER_THEN_HYPHEN = /[\p{L}\p{M}][-\u2010\u00ad]$/u;

/** Scripts that put no space between words. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303f\uff01-\uff60]/u;

/** What stands between a text and the line that continues it; a word split by a hyphen keeps the line end, for the normaliser. */
export function jointOf(text: string, next: string): string {
  if (LETTER_THEN_HYPHEN.test(text.slice(-4))) return '\n';
  return UNSPACED.test(text.slice(-1)) && UNSPACED.test(next) ? '' : ' ';
}

/** Lines of one paragraph as one text. */
export function flowed(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) text += (text === '' ? '' : jointOf(text, line)) + line;
  return text;
}
