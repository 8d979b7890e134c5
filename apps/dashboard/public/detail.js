/** @import { DocumentStory, StoryEvent } from '../../../schemas/records/pipeline-view.ts' */
import { adviceFor } from './advice.js';
import { getDocument } from './api.js';
import { byId, h } from './dom.js';
import { go, place } from './place.js';
import { reviewOf } from './review.js';
import { counted, factsInWords, formatOf, nameOf, shortTime, visible } from './words.js';

const panel = byId('detail', HTMLElement);
let loading = new AbortController();
let open = '';
let timer = 0;
let again = 0;
let drawn = '';
const AGAIN_MS = 1_500;
const MOST_AGAIN = 20;

/** Shows the document that the address names; none closes the panel. */
export function showDetail() {
  const { doc } = place();
  if (doc === open) return;
  const before = open;
  open = doc;
  document.body.toggleAttribute('data-detail', doc !== '');
  panel.hidden = doc === '';
  again = 0;
  clearTimeout(timer);
  if (doc !== '') void load(true);
  else {
    loading.abort();
    const row = [...document.querySelectorAll('tbody a[data-doc]')].find(
      (link) => link instanceof HTMLElement && link.dataset.doc === before,
    );
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
  }
}

/**
 * `isPartial`: more changed than is listed.
 * @param {ReadonlySet<string>} changed
 * @param {boolean} isPartial
 */
export function updateDetail(changed, isPartial) {
  if (open === '' || !(isPartial || changed.has(open))) return;
  again = 0;
  void load(false);
}

/**
 * The story is written when there is time, after the state: it is read again until it has caught up, and once more.
 * @param {DocumentStory} story
 */
function readAgain({ events, updatedAt }) {
  const isBehind = (events.at(-1)?.at ?? '').slice(0, 19) < updatedAt.slice(0, 19);
  again = isBehind ? again + 1 : Math.max(again + 1, MOST_AGAIN);
  if (again <= MOST_AGAIN) timer = setTimeout(() => void load(false), AGAIN_MS);
}

/** @param {boolean} isNew */
async function load(isNew) {
  clearTimeout(timer);
  if (open === '') return;
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  try {
    const story = await getDocument(open, signal);
    const told = JSON.stringify(story);
    // Drawing anew would take away what the reader has selected.
    if (isNew || told !== drawn) draw(story, isNew);
    drawn = told;
    readAgain(story);
  } catch (error) {
    if (signal.aborted) return;
    panel.replaceChildren(
      top('Document'),
      h('p', { class: 'notice', role: 'alert' }, error instanceof Error ? error.message : String(error)),
    );
    if (isNew) panel.querySelector('h2')?.focus();
  }
}

/** @param {string} name */
function top(name) {
  const close = h('button', { type: 'button', 'aria-label': 'Close the document' }, 'Close');
  close.addEventListener('click', () => go({ doc: '' }));
  return h('div', { class: 'bar' }, h('h2', { id: 'detail-heading', tabindex: '-1' }, name), close);
}

/**
 * @param {DocumentStory} story
 * @param {boolean} isNew
 */
function draw(story, isNew) {
  const { name, folder } = nameOf(story.uri);
  const scrolled = panel.scrollTop;
  const hadFocus = panel.contains(document.activeElement);
  panel.replaceChildren(
    top(name),
    h('p', { class: 'line folder' }, h('bdi', {}, folder)),
    h('p', { class: 'line' }, h('span', { class: 'badge', 'data-state': story.state }, story.state), ' ', servedInWords(story)),
    ...problemOf(story),
    ...(story.state === 'held' ? [reviewOf(story)] : []),
    h('h3', {}, 'Facts'),
    h('dl', {}, ...facts(story).flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, visible(value))])),
    h('h3', {}, 'Story'),
    ...(story.isCut ? [h('p', { class: 'quiet' }, 'Older events are left out; `sluice status <path>` tells them all.')] : []),
    storyOf(story.events),
  );
  panel.scrollTop = isNew ? 0 : scrolled;
  if (isNew || hadFocus) panel.querySelector('h2')?.focus({ preventScroll: true });
}

/** @param {DocumentStory} story */
function servedInWords({ served, generation, chunks, state }) {
  if (served === null) return state === 'removed' ? 'Gone from its folder; nothing of it is found.' : 'Nothing of it is found.';
  const which = served === generation ? `version ${served}` : `version ${served} of ${generation}`;
  return `Found in search: ${which}, ${counted(chunks, 'chunk')}.`;
}

/** @param {DocumentStory} story */
function problemOf(story) {
  const { problem } = story;
  if (!problem) return [];
  const advice = adviceFor(story);
  return [
    h(
      'div',
      { class: 'why', 'data-state': story.state },
      h('p', {}, h('code', {}, problem.code), ` at ${problem.stage}`),
      h('p', {}, visible(problem.message)),
      ...(advice ? [h('p', {}, h('strong', {}, 'What to do: '), advice)] : []),
    ),
  ];
}

/** @param {DocumentStory['links']['references']} references */
const linkText = (references) =>
  references.map(({ text, to }) => (to.length > 0 ? to.map(({ uri }) => uri).join(', ') : `${text} (dangling)`)).join(', ');

/**
 * @param {DocumentStory} story
 * @returns {[string, string][]}
 */
function facts(story) {
  const { metadata, access, classification, score, warned } = story;
  /** @type {[string, string | undefined][]} */
  const all = [
    ['Title', metadata.title],
    ['Author', metadata.author],
    ['Created', metadata.created],
    ['Modified', metadata.modified],
    ['Language', metadata.language],
    ['Format', formatOf(story)],
    ['Pages', metadata.pages === undefined ? undefined : String(metadata.pages)],
    ['Tags', metadata.tags.join(', ')],
    ['Topic', metadata.topic?.name],
    ['Phrases', metadata.keyPhrases?.join(', ')],
    ['Names', metadata.entities?.map(({ name }) => name).join(', ')],
    ['Sounds', metadata.sentiment?.label],
    ['Case', metadata.caseKey],
    ['Quality', score === null ? undefined : score.toFixed(2)],
    ['Warned', warned.map(({ rule, score: given }) => `${rule} ${given.toFixed(2)}`).join(', ')],
    ['Read by', access.join(', ') || 'nobody'],
    ['Class', classification],
    ['Refers to', linkText(story.links.references)],
    ['Named by', story.links.referencedBy.map(({ uri }) => uri).join(', ')],
    ['Source', story.source],
    ['Changed', new Date(story.updatedAt).toLocaleString('en')],
    ['Address', story.uri],
    ['Id', story.documentId],
  ];
  return all.flatMap(([term, value]) => (value === undefined || value === '' ? [] : [[term, value.slice(0, 2_000)]]));
}

/** @param {StoryEvent[]} events */
function storyOf(events) {
  const now = new Date();
  const rows = events.map(({ generation, at, event, facts: small }) =>
    h(
      'li',
      {},
      h('time', { datetime: at, title: at }, shortTime(new Date(at), now)),
      h('span', { class: 'generation', title: `version ${generation}` }, `v${generation}`),
      h('span', { class: 'event' }, h('b', {}, event), ' ', h('span', { class: 'quiet' }, visible(factsInWords(small)))),
    ),
  );
  return rows.length > 0 ? h('ol', { class: 'story' }, ...rows) : h('p', { class: 'quiet' }, 'Nothing is recorded yet.');
}

addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && open !== '' && !(document.activeElement instanceof HTMLInputElement)) go({ doc: '' });
});
