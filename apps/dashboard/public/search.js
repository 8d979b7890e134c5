/** @import { Hit, SearchResult } from '../../../schemas/records/search.ts' */
import { getHits } from './api.js';
import { byId, debounced, h } from './dom.js';
import { marked } from './marks.js';
import { addressOf, go, place } from './place.js';
import { counted, nameOf, visible } from './words.js';

const SNIPPET = 360;
const SCORES = { hybrid: 'reciprocal-rank score', vector: 'cosine similarity', keyword: 'BM25 score' };
const LACKING = { keyword: 'keywords', vector: 'vectors' };

const form = byId('search', HTMLFormElement);
const query = byId('query', HTMLInputElement);
const mode = byId('mode', HTMLSelectElement);
const results = byId('results', HTMLElement);
const note = byId('results-note', HTMLParagraphElement);
const list = byId('hits', HTMLOListElement);
let asking = new AbortController();
let asked = '';

/** Searches for what the address says, unless that is what is shown. */
export function showSearch() {
  const { q, mode: how } = place();
  if (document.activeElement !== query) query.value = q;
  mode.value = how;
  const key = `${how}\n${q.trim()}`;
  if (key === asked) {
    for (const link of list.querySelectorAll('a')) link.href = addressOf({ doc: link.dataset.doc ?? '' });
    return;
  }
  asked = key;
  void ask(q.trim(), how);
}

/** Whatever is found may have changed. */
export const searchAgain = debounced(400, () => {
  const { q, mode: how } = place();
  if (q.trim() !== '') void ask(q.trim(), how);
});

/**
 * @param {string} q
 * @param {string} how
 */
async function ask(q, how) {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  results.hidden = q === '';
  if (q === '') {
    list.replaceChildren();
    return;
  }
  try {
    const result = await getHits(q, how, signal);
    if (!signal.aborted) draw(result);
  } catch (error) {
    if (signal.aborted) return;
    list.replaceChildren();
    note.textContent = `The search failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** @param {SearchResult} result */
function draw(result) {
  const { hits, degraded, embedder } = result;
  const without = degraded.map((part) => LACKING[/** @type {keyof typeof LACKING} */ (part)] ?? part);
  const told = [hits.length === 0 ? 'nothing public matches' : counted(hits.length, 'best match', 'best matches')];
  if (result.mode !== 'keyword') told.push(`vectors by ${embedder}`);
  if (without.length > 0) told.push(`searched without ${without.join(' and ')}, which this store does not have`);
  note.textContent = told.join(' · ');
  note.toggleAttribute('data-degraded', without.length > 0);
  list.replaceChildren(...hits.map((hit) => hitOf(hit, result)));
}

/**
 * @param {Hit} hit
 * @param {SearchResult} result
 */
function hitOf({ documentId, uri, title, path, page, text, score }, { query: q, mode: how }) {
  const { name, folder } = nameOf(uri);
  const link = h(
    'a',
    { href: addressOf({ doc: documentId }), 'data-doc': documentId },
    title === null ? name : visible(title.slice(0, 200)),
  );
  const where = [...path.map((heading) => visible(heading.slice(0, 120))), ...(page === null ? [] : [`page ${page}`])].join(' › ');
  return h(
    'li',
    { class: 'found' },
    h(
      'div',
      { class: 'hit' },
      h('h3', { class: 'hit-title' }, link),
      h('span', { class: 'score', title: SCORES[how] }, score.toPrecision(3)),
    ),
    h(
      'p',
      { class: 'where' },
      ...(title === null ? [] : [h('span', {}, name)]),
      h('span', { class: 'folder' }, h('bdi', {}, folder)),
      ...(where ? [h('span', { class: 'path' }, where)] : []),
    ),
    h(
      'p',
      { class: 'snippet', dir: 'auto' },
      ...marked(text, q, SNIPPET).map((piece) => (piece.isMarked ? h('mark', {}, piece.text) : piece.text)),
    ),
  );
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  asked = '';
  go({ q: query.value, mode: mode.value });
  showSearch();
});
query.addEventListener(
  'input',
  debounced(220, () => go({ q: query.value, mode: mode.value }, { isTyping: true })),
);
mode.addEventListener('change', () => go({ q: query.value, mode: mode.value }));
byId('results-close', HTMLButtonElement).addEventListener('click', () => {
  query.value = '';
  go({ q: '' });
  query.focus();
});
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
  event.preventDefault();
  query.focus();
  query.select();
});
