import { SluiceError } from '#core/errors.ts';
import type { ParseContext } from '../index.ts';

const DECLARATION = /<!ENTITY\s+([\w.:-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g;
const REFERENCE = /&([\w.:-]+);/g;
/** What declared entities may add to a document; honest ones are names and phrases. */
const MAX_ADDED = 1_000_000;

/**
 * Text with the entities that its own DOCTYPE declares put in, those from elsewhere left as written. Throws `archive-bomb`
 * when they would grow into each other; sizes are summed before anything is expanded.
 */
export function expandEntities(text: string, { name }: ParseContext): string {
  const end = text.slice(0, 1_000_000).search(/\]\s*>/);
  const start = end === -1 ? -1 : text.slice(0, end).search(/<!DOCTYPE[^[>]*\[/);
  if (start === -1) return text;
  const values = new Map<string, string>();
  for (const [, key = '', double, single] of text.slice(start, end).matchAll(DECLARATION)) {
    if (!values.has(key)) values.set(key, double ?? single ?? '');
  }
  if (values.size === 0) return text;
  const sizes = new Map<string, number>();
  const body = text.slice(end);
  const added = sizeOf(body, values, sizes, 0) - body.length;
  if (added > MAX_ADDED) throw new SluiceError('archive-bomb', `reading ${name}: entities that grow by more than ${MAX_ADDED} characters`);
  const expand = (part: string): string =>
    part.replace(REFERENCE, (whole, key: string) => (values.has(key) ? expand(values.get(key) ?? '') : whole));
  return text.slice(0, end) + expand(body);
}

/** Length after expansion; endless for entities that hold themselves or nest too deeply. */
function sizeOf(text: string, values: ReadonlyMap<string, string>, sizes: Map<string, number>, depth: number): number {
  if (depth > 50) return Number.POSITIVE_INFINITY;
  let size = text.length;
  for (const [, key = ''] of text.matchAll(REFERENCE)) {
    const value = values.get(key);
    if (value === undefined) continue;
    let known = sizes.get(key);
    if (known === undefined) {
      // Until it is known it counts as endless, so that a circle is.
      sizes.set(key, Number.POSITIVE_INFINITY);
      known = sizeOf(value, values, sizes, depth + 1);
      sizes.set(key, known);
    }
    size += known;
  }
  return size;
}
