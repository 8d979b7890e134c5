/**
 * What the page shows stands in its address, so that reloading, going back and bookmarks work.
 * @typedef {{ state: string, find: string, doc: string, q: string, mode: string }} Place
 */

/** @returns {Place} */
export function place() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const of = (/** @type {string} */ name) => hash.get(name) ?? '';
  return { state: of('state'), find: of('find'), doc: of('doc'), q: of('q'), mode: of('mode') || 'hybrid' };
}

/** @param {Partial<Place>} change */
export function addressOf(change) {
  const { mode, ...next } = { ...place(), ...change };
  const hash = new URLSearchParams(
    Object.entries({ ...next, mode: next.q === '' || mode === 'hybrid' ? '' : mode }).filter(([, value]) => value !== ''),
  );
  return `#${hash}`;
}

/**
 * `isTyping`: one step back leaves what was typed, not its last letter.
 * @param {Partial<Place>} change
 * @param {{ isTyping?: boolean }} [options]
 */
export function go(change, { isTyping = false } = {}) {
  const address = addressOf(change);
  if (address === (location.hash || '#')) return;
  if (isTyping) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
