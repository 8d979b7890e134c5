/** @import { DocumentRecord, PipelineOverview } from '../../../schemas/records/pipeline-view.ts' */
import { adviceFor } from './advice.js';
import { getDocuments } from './api.js';
import { byId, debounced, h } from './dom.js';
import { addressOf, go, place } from './place.js';
import { counted, formatOf, nameOf, shortTime, visible } from './words.js';

const STATES = /** @type {const} */ (['indexed', 'processing', 'held', 'rejected', 'failed', 'removed']);
/** Documents that are gone are shown when asked for. */
const PRESENT = STATES.filter((state) => state !== 'removed');
const PAGE = 60;
const MOST = 200;
const ROLES = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', 'thead tr': 'row', 'thead th': 'columnheader' };

const rows = byId('rows', HTMLTableSectionElement);
const more = byId('more', HTMLButtonElement);
const nothing = byId('nothing', HTMLDivElement);
const problem = byId('problem', HTMLParagraphElement);
const find = byId('find', HTMLInputElement);
const group = byId('states', HTMLFieldSetElement);

/** @type {DocumentRecord[]} */
let shown = [];
/** Whether a list was read at all; until then nothing is known to be missing. */
let isRead = false;
let isMore = false;
/** @type {PipelineOverview | undefined} */
let overview;
let loading = new AbortController();
/** @type {Map<string, { row: HTMLTableRowElement, of: string }>} */
const drawn = new Map();
// On a narrow screen the rows are laid out as cards, and browsers then forget that they are a table.
for (const [selector, role] of Object.entries(ROLES))
  for (const element of document.querySelectorAll(selector)) element.setAttribute('role', role);

const chips = new Map(['', ...STATES].map((state) => [state, chip(state)]));
group.append(...chips.values());

/** @param {string} state */
function chip(state) {
  const button = h('button', { type: 'button', 'data-state': state || 'all' }, h('span', { class: 'count' }, '0'), ` ${state || 'all'}`);
  button.addEventListener('click', () => go({ state: place().state === state ? '' : state }));
  return button;
}

const statesShown = () => {
  const known = STATES.find((state) => state === place().state);
  return known ? [known] : PRESENT;
};

/** @param {DocumentRecord} record */
function isWanted({ state, uri }) {
  const text = place().find.trim().toLowerCase();
  return statesShown().includes(state) && (text === '' || uri.toLowerCase().includes(text));
}

/** Reads the list again, as much of it as is shown. */
export async function loadDocuments({ isNew = false, isNext = false } = {}) {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const offset = isNext ? shown.length : 0;
  const limit = isNext || isNew ? PAGE : Math.min(MOST, Math.max(PAGE, shown.length));
  try {
    const answer = await getDocuments({ states: statesShown(), text: place().find, limit, offset }, signal);
    const known = new Set(shown.map(({ documentId }) => documentId));
    isRead = true;
    shown = isNext ? [...shown, ...answer.documents.filter(({ documentId }) => !known.has(documentId))] : answer.documents;
    isMore = answer.more;
    problem.hidden = true;
    draw();
  } catch (error) {
    if (signal.aborted) return;
    problem.textContent = `The documents could not be read: ${error instanceof Error ? error.message : String(error)}`;
    problem.hidden = false;
  }
}

/**
 * Takes in what changed. `isPartial`: more did than is listed.
 * @param {PipelineOverview} now
 * @param {DocumentRecord[]} changed
 * @param {boolean} isPartial
 */
export function updateDocuments(now, changed, isPartial) {
  overview = now;
  drawChips();
  if (isPartial) {
    void loadDocuments();
    return;
  }
  const ids = new Set(changed.map(({ documentId }) => documentId));
  const most = Math.max(PAGE, shown.length);
  shown = [...changed.filter(isWanted), ...shown.filter(({ documentId }) => !ids.has(documentId))];
  shown.sort((a, b) => (a.updatedAt === b.updatedAt ? (a.documentId < b.documentId ? 1 : -1) : a.updatedAt < b.updatedAt ? 1 : -1));
  if (shown.length > most) {
    shown.length = most;
    isMore = true;
  }
  draw();
}

function drawChips() {
  const { state: chosen } = place();
  for (const [state, button] of chips) {
    const count = STATES.filter((one) => (state === '' ? one !== 'removed' : one === state)).reduce(
      (sum, one) => sum + (overview?.documents[one] ?? 0),
      0,
    );
    const [number] = button.children;
    if (number) number.textContent = count.toLocaleString('en');
    button.setAttribute('aria-pressed', String(state === chosen));
    button.toggleAttribute('data-none', count === 0);
  }
}

/** @param {DocumentRecord} record */
function rowOf(record) {
  const { documentId, uri, state, chunks, updatedAt, metadata, served } = record;
  const { name, folder } = nameOf(uri);
  const link = h('a', { href: addressOf({ doc: documentId }), 'data-doc': documentId }, name);
  const title = metadata.title === undefined ? '' : visible(metadata.title.slice(0, 200));
  const at = new Date(updatedAt);
  const row = h(
    'tr',
    { 'data-doc': documentId, role: 'row' },
    h('td', { class: 'state', role: 'cell' }, h('span', { class: 'badge', 'data-state': state }, state)),
    h(
      'th',
      { scope: 'row', class: 'name', role: 'rowheader' },
      link,
      ...(title && title !== name ? [h('span', { class: 'title' }, title)] : []),
      h('span', { class: 'folder', title: folder }, h('bdi', {}, folder)),
    ),
    h('td', { class: 'reason', role: 'cell' }, ...reasonOf(record)),
    h('td', { class: 'number', role: 'cell', 'data-label': 'chunks' }, served === null ? '' : chunks.toLocaleString('en')),
    h('td', { class: 'format', role: 'cell' }, formatOf(record)),
    h('td', { class: 'time', role: 'cell' }, h('time', { datetime: updatedAt, title: at.toLocaleString('en') }, shortTime(at, new Date()))),
  );
  if (documentId === place().doc) row.setAttribute('aria-current', 'true');
  return row;
}

/** @param {DocumentRecord} record */
function reasonOf(record) {
  const { problem: why, served, documentId } = record;
  if (!why) return [];
  const parts = [h('code', {}, why.code), ' ', h('span', { class: 'sentence' }, visible(why.message))];
  if (served !== null && served < why.generation) parts.push(' ', h('span', { class: 'kept' }, 'The version before it is still found.'));
  if (adviceFor(record)) parts.push(' ', h('a', { class: 'todo', href: addressOf({ doc: documentId }) }, 'What to do'));
  return parts;
}

function draw() {
  const focused = document.activeElement;
  const focusedDocument = focused instanceof HTMLAnchorElement ? focused.dataset.doc : undefined;
  const kept = new Set(shown.map(({ documentId }) => documentId));
  for (const id of drawn.keys()) if (!kept.has(id)) drawn.delete(id);
  const { doc } = place();
  rows.replaceChildren(
    ...shown.map((record) => {
      const of = JSON.stringify([record, new Date().toDateString(), doc === record.documentId, location.hash]);
      const known = drawn.get(record.documentId);
      if (known?.of === of) return known.row;
      const row = rowOf(record);
      drawn.set(record.documentId, { row, of });
      return row;
    }),
  );
  if (focusedDocument !== undefined) drawn.get(focusedDocument)?.row.querySelector('a')?.focus({ preventScroll: true });
  more.hidden = !isMore;
  drawNothing();
}

function drawNothing() {
  nothing.hidden = shown.length > 0;
  if (shown.length > 0) return;
  const all = Object.values(overview?.documents ?? {}).reduce((sum, count) => sum + count, 0);
  if (!overview || !isRead) nothing.replaceChildren(h('p', {}, 'Reading the documents …'));
  else if (all > 0) nothing.replaceChildren(h('p', {}, 'No document is like this.'), clearButton());
  else nothing.replaceChildren(...welcome(overview));
}

function clearButton() {
  const button = h('button', { type: 'button' }, 'Show all documents');
  button.addEventListener('click', () => go({ state: '', find: '' }));
  return button;
}

/** @param {PipelineOverview} now */
function welcome({ watched }) {
  const where =
    watched.length > 0 ? watched.flatMap((folder, i) => [i > 0 ? ' or ' : '', h('code', {}, visible(folder))]) : ['the inbox folder'];
  return [
    h('p', { class: 'lead' }, 'No documents yet.'),
    h(
      'p',
      {},
      'Drop files or whole folders into ',
      ...where,
      '. They are read within a second and appear here, with the reason if one cannot be read.',
    ),
    h('p', {}, 'Or run ', h('code', {}, 'npx sluice ingest <path>'), ' while Sluice is stopped.'),
  ];
}

/** Brings the list to what the address says. */
export function showDocuments() {
  if (find.value !== place().find && document.activeElement !== find) find.value = place().find;
  drawChips();
  const key = `${place().state}\n${place().find}`;
  if (key !== loadedFor) {
    loadedFor = key;
    void loadDocuments({ isNew: true });
  } else draw();
}
let loadedFor = '';

find.addEventListener(
  'input',
  debounced(150, () => go({ find: find.value }, { isTyping: true })),
);
more.addEventListener('click', () => void loadDocuments({ isNext: true }));
rows.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element) || target.closest('a') || String(getSelection()) !== '') return;
  const id = target.closest('tr')?.dataset.doc;
  if (id !== undefined) go({ doc: id === place().doc ? '' : id });
});

/** @param {PipelineOverview} now */
export const documentsInWords = ({ chunks, pending, deadLetters }) => {
  const given = deadLetters.reduce((sum, { count }) => sum + count, 0);
  return [
    counted(chunks, 'chunk'),
    ...(pending > 0 ? [`${counted(pending, 'step')} waiting`] : []),
    ...(given > 0 ? [`${counted(given, 'step')} given up`] : []),
  ];
};
