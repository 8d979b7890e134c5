/** @import { ChangeNotice, DocumentRecord, DocumentStory, HeldRecord } from '../../../schemas/records/pipeline-view.ts' */
/** @import { SearchResult } from '../../../schemas/records/search.ts' */

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 */
async function get(path, signal) {
  return answerOf(await fetch(path, { ...(signal && { signal }), headers: { Accept: 'application/json' } }));
}

/** @param {Response} response */
async function answerOf(response) {
  const body = await response.json();
  if (response.ok) return body;
  throw new Error(typeof body?.error?.message === 'string' ? body.error.message : `the server answered ${response.status}`);
}

/** Held documents that are looked through for one. */
const HELD = 200;

/**
 * A held document with its reasons and its masked preview; undefined when it is not among the last ones.
 * @param {string} id
 * @returns {Promise<HeldRecord | undefined>}
 */
export async function getHeld(id) {
  /** @type {{ documents: HeldRecord[] }} */
  const { documents } = await get(`/api/review?limit=${HELD}`);
  return documents.find(({ documentId }) => documentId === id);
}

/**
 * Releases or rejects a held document.
 * @param {{ document: string, verdict: 'release' | 'reject', note: string }} decision
 */
export async function decide(decision) {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  await answerOf(await fetch('/api/review', { method: 'POST', headers, body: JSON.stringify(decision) }));
}

/**
 * @param {{ states: readonly string[], text: string, limit: number, offset: number }} query
 * @param {AbortSignal} signal
 * @returns {Promise<{ documents: DocumentRecord[], more: boolean }>}
 */
export function getDocuments({ states, text, limit, offset }, signal) {
  const parameters = new URLSearchParams(states.map((state) => ['state', state]));
  if (text !== '') parameters.set('q', text);
  parameters.set('limit', String(limit));
  parameters.set('offset', String(offset));
  return get(`/api/documents?${parameters}`, signal);
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<DocumentStory>}
 */
export const getDocument = (id, signal) => get(`/api/documents/${encodeURIComponent(id)}`, signal);

/**
 * @param {string} query
 * @param {string} mode
 * @param {AbortSignal} signal
 * @returns {Promise<SearchResult>}
 */
export const getHits = (query, mode, signal) => get(`/api/search?${new URLSearchParams({ q: query, mode, top: '15' })}`, signal);

/** Time until the next try when the server refused or is not there. */
const AGAIN_MS = 2_000;

/**
 * Listens for changes as long as the page is open and in sight; a browser has few connections for one server, and a
 * page that nobody sees should not hold one.
 * @param {{ onNotice: (notice: ChangeNotice, isFirst: boolean) => void, onState: (state: 'connecting' | 'live' | 'disconnected') => void }} listeners
 */
export function listen({ onNotice, onState }) {
  /** @type {EventSource | undefined} */
  let source;
  let timer = 0;
  const open = () => {
    source?.close();
    clearTimeout(timer);
    const events = new EventSource('/api/events');
    source = events;
    let isFirst = true;
    events.addEventListener('open', () => {
      isFirst = true;
    });
    events.addEventListener('change', ({ data }) => {
      onState('live');
      onNotice(JSON.parse(data), isFirst);
      isFirst = false;
    });
    events.addEventListener('error', () => {
      onState('disconnected');
      if (events.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(open, AGAIN_MS);
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      if (!source || source.readyState === EventSource.CLOSED) open();
      return;
    }
    clearTimeout(timer);
    source?.close();
    onState('connecting');
  });
  onState('connecting');
  open();
}
