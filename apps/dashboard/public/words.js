/** @import { DocumentRecord } from '../../../schemas/records/pipeline-view.ts' */

/**
 * Text in which every character can be seen: one that turns the direction of writing, or shows nothing, could let a name
 * look like another one, and is shown as its code. Joiners belong to words.
 * @param {string} text
 */
export const visible = (text) =>
  text.replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/**
 * The last segment of a URI and what stands before it. A file's URI has its path as it is, without percent encoding.
 * @param {string} uri
 */
export function nameOf(uri) {
  const path = uri.replace(/^file:\/\//, '');
  const cut = path.lastIndexOf('/');
  return { name: visible(path.slice(cut + 1)) || visible(path), folder: visible(path.slice(0, Math.max(cut, 0))) };
}

/** @param {DocumentRecord} record */
export function formatOf({ uri, metadata }) {
  if (metadata.format !== undefined) return metadata.format;
  return /\.([a-z0-9]{1,8})$/i.exec(uri)?.[1]?.toLowerCase() ?? '';
}

/** @param {number} value */
const two = (value) => String(value).padStart(2, '0');

/**
 * Local time: today's without the date.
 * @param {Date} at
 * @param {Date} now
 */
export function shortTime(at, now) {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return at.toDateString() === now.toDateString() ? time : `${day} ${time.slice(0, 5)}`;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/**
 * The small facts of an event in words.
 * @param {Record<string, unknown>} facts
 */
export const factsInWords = (facts) =>
  Object.entries(facts)
    .filter(([, value]) => !(typeof value === 'object' && value !== null && Object.keys(value).length === 0))
    .map(([name, value]) => `${name} ${typeof value === 'object' && value !== null ? inner(value) : String(value)}`)
    .join(', ');

/** @param {object} value */
const inner = (value) =>
  Array.isArray(value)
    ? value.join(' + ')
    : Object.entries(value)
        .map(([name, of]) => `${name} ${of}`)
        .join(' + ');
