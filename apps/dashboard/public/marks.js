const WORD = /[\p{L}\p{N}]+/gu;
const SUFFIX = /(?:ings?|edly|e[dsrn]|[esn])$/;

/** @param {string} word */
const folded = (word) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * A word without its commonest endings: search finds `invoices` for `invoice`, so both are marked.
 * @param {string} word
 */
function stem(word) {
  const plain = folded(word);
  const cut = plain.replace(SUFFIX, '');
  return cut.length >= 3 ? cut : plain;
}

/** @param {string} query */
export const stemsOf = (query) => new Set((query.match(WORD) ?? []).map(stem));

/**
 * The stretch of a passage, of about `most` characters, that has the most of the query's words.
 * @param {string} text
 * @param {ReadonlySet<string>} stems
 * @param {number} most
 */
function bestStretch(text, stems, most) {
  if (text.length <= most) return { from: 0, to: text.length };
  const hits = [...text.matchAll(WORD)].filter(([word]) => stems.has(stem(word))).map(({ index, 0: word }) => ({ index, key: stem(word) }));
  let best = { from: 0, score: 0 };
  for (const { index } of hits) {
    const inside = hits.filter((other) => other.index >= index && other.index < index + most * 0.8);
    const score = new Set(inside.map(({ key }) => key)).size * 100 + inside.length;
    if (score > best.score) best = { from: index, score };
  }
  const from = Math.max(0, Math.min(best.from - 60, text.length - most));
  const start = from === 0 ? 0 : text.indexOf(' ', from) + 1 || from;
  const end = Math.min(text.length, start + most);
  const stop = end === text.length ? end : text.lastIndexOf(' ', end);
  return { from: start, to: stop > start ? stop : end };
}

/**
 * A passage as pieces, those that a query's words match marked.
 * @param {string} text
 * @param {string} query
 * @param {number} most Characters to show.
 * @returns {{ text: string, isMarked: boolean }[]}
 */
export function marked(text, query, most) {
  const line = text.replace(/\s+/g, ' ').trim();
  const stems = stemsOf(query);
  const { from, to } = bestStretch(line, stems, most);
  const shown = line.slice(from, to);
  /** @type {{ text: string, isMarked: boolean }[]} */
  const pieces = [];
  let plain = from > 0 ? '… ' : '';
  let done = 0;
  for (const { index, 0: word } of shown.matchAll(WORD)) {
    if (!stems.has(stem(word))) continue;
    plain += shown.slice(done, index);
    if (plain !== '') pieces.push({ text: plain, isMarked: false });
    pieces.push({ text: word, isMarked: true });
    plain = '';
    done = index + word.length;
  }
  plain += shown.slice(done) + (to < line.length ? ' …' : '');
  if (plain !== '') pieces.push({ text: plain, isMarked: false });
  return pieces;
}
