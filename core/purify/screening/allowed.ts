import type { Stretch } from './stretch.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

/** Where the passages of an allow-list stand in a text. */
export function allowedIn(text: string, allow: readonly string[]): Stretch[] {
  if (allow.length === 0) return [];
  const pattern = new RegExp(allow.map((passage) => passage.trim().split('*').map(escaped).join('[\\s\\S]{0,200}?')).join('|'), 'giu');
  return [...text.matchAll(pattern)].map(({ 0: passage, index }) => ({ start: index, end: index + passage.length }));
}
