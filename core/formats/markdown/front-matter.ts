import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import { isoDate } from '../iso-date.ts';

export type FrontMatter = { metadata: DocumentMetadata; body: string };

const FENCES: Readonly<Record<string, { close: readonly string[]; separator: string }>> = {
  '---': { close: ['---', '...'], separator: ':' },
  '+++': { close: ['+++'], separator: '=' },
};
/** A fence further down is a thematic break, not the end of a header. */
const MAX_LINES = 500;

/**
 * Splits the YAML (or TOML) header off a text. Only `key: value`, `[a, b]` and `- a` lists are understood, without nesting;
 * anything else in it is left out.
 */
export function splitFrontMatter(text: string): FrontMatter {
  const firstEnd = text.indexOf('\n');
  const fence = FENCES[text.slice(0, Math.max(0, firstEnd)).trimEnd()];
  if (!fence) return { metadata: {}, body: text };
  const values = new Map<string, string[]>();
  let key: string | undefined;
  let at = firstEnd + 1;
  for (let line = 0; line < MAX_LINES && at < text.length; line++) {
    const end = text.indexOf('\n', at);
    const row = text.slice(at, end === -1 ? undefined : end).trimEnd();
    at = end === -1 ? text.length : end + 1;
    if (fence.close.includes(row)) return { metadata: metadataOf(values), body: text.slice(at) };
    key = readRow(row, fence.separator, values, key);
    // Prose between two thematic breaks is no header.
    if (key === undefined && row !== '' && !row.startsWith('#')) break;
  }
  return { metadata: {}, body: text };
}

/** Answers the key that a list on the following lines belongs to; none after a line that is neither a key nor within one. */
function readRow(row: string, separator: string, values: Map<string, string[]>, key: string | undefined): string | undefined {
  const item = /^\s*- +(\S.*)$/.exec(row)?.[1];
  if (item !== undefined && key !== undefined) {
    values.get(key)?.push(unquote(item));
    return key;
  }
  if (row === '' || /^[\s#[]/.test(row)) return key;
  const cut = row.indexOf(separator);
  const name = cut > 0 ? row.slice(0, cut).trim().toLowerCase() : '';
  if (!/^[\w-]+$/.test(name)) return undefined;
  values.set(name, listOf(row.slice(cut + 1).trim()));
  return name;
}

function listOf(value: string): string[] {
  if (value === '' || value === '|' || value === '>' || value === 'null' || value === '~') return [];
  if (!value.startsWith('[') || !value.endsWith(']')) return [unquote(value)];
  return value
    .slice(1, -1)
    .split(',')
    .map((part) => unquote(part.trim()))
    .filter((part) => part !== '');
}

function unquote(value: string): string {
  const quote = value[0];
  if (value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote)) return value.slice(1, -1);
  return value.replace(/\s+#.*$/, '');
}

function metadataOf(values: ReadonlyMap<string, string[]>): DocumentMetadata {
  const first = (...keys: string[]): string | undefined => keys.map((key) => values.get(key)?.join(', ')).find((value) => value);
  const date = (...keys: string[]): string | undefined => isoDate(first(...keys));
  const keywords = ['tags', 'keywords', 'categories'].flatMap((key) => values.get(key) ?? []).flatMap((value) => value.split(/\s*,\s*/));
  const found = {
    title: first('title'),
    author: first('author', 'authors'),
    created: date('date', 'created', 'published', 'pubdate'),
    modified: date('updated', 'modified', 'lastmod', 'last_modified'),
    language: first('lang', 'language', 'locale'),
    subject: first('subject', 'description', 'summary'),
  };
  const metadata: DocumentMetadata = {};
  for (const [name, value] of Object.entries(found)) if (value !== undefined) Object.assign(metadata, { [name]: value });
  return keywords.length > 0 ? { ...metadata, keywords: [...new Set(keywords)] } : metadata;
}
