import type { Alias } from '#schemas/describing.ts';
import type { NamedEntity } from '#schemas/records/description.ts';
import type { Entity } from '../ports/language.ts';
import { countryOf } from './language/countries.ts';
import { isoDay } from './language/dates.ts';

/** Kinds that are kept: quantities tell nothing by themselves, and persons are nobody's to index. */
const KINDS = new Set(['ORGANIZATION', 'LOCATION', 'DATE', 'EVENT', 'TITLE', 'COMMERCIAL_ITEM', 'PERSON']);
const MOST_OF_A_KIND = 12;
/** What is longer is no name; a head has no room for it. */
export const LONGEST_NAME = 120;
/** A masked value is no name. */
const MASKED = /\[[A-Z_]{3,}|\*{2}|\]/;

export const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

type Known = { type: string; name: string };

const tables = new WeakMap<readonly Alias[], { pattern: RegExp; byName: Map<string, Known> }>();

/** Every name of an alias table, as something to look for and to look up. Made once for a table. */
function tableOf(aliases: readonly Alias[]): { pattern: RegExp; byName: Map<string, Known> } | undefined {
  if (aliases.length === 0) return undefined;
  const made = tables.get(aliases);
  if (made) return made;
  const names = aliases.flatMap(({ name, type, also }) => [name, ...also].map((one) => ({ one, known: { type, name } })));
  const longestFirst = names.map(({ one }) => one).sort((a, b) => b.length - a.length);
  const table = {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu'),
    byName: new Map(names.map(({ one, known }) => [folded(one), known])),
  };
  tables.set(aliases, table);
  return table;
}

function standard(text: string, type: string, language: string): Known | undefined {
  if (!KINDS.has(type) || text.length > LONGEST_NAME || MASKED.test(text)) return undefined;
  const name = text.replace(/\s+/g, ' ').trim();
  if (type === 'DATE') {
    const day = isoDay(name, language);
    return day === undefined ? undefined : { type, name: day };
  }
  return { type, name: type === 'LOCATION' ? (countryOf(name) ?? name) : name };
}

export type Naming = {
  language: string;
  aliases: readonly Alias[];
  /** Whether names of persons are left in the text on purpose. */
  keepsPersons: boolean;
};

/**
 * Entities by their standard names, the most frequent first: ISO 8601 for whole dates, English for countries, and the name of
 * the alias table for what that knows, whoever found it.
 */
export function namedEntities(texts: readonly string[], found: readonly (readonly Entity[])[], naming: Naming): NamedEntity[] {
  const table = tableOf(naming.aliases);
  const counted = new Map<string, NamedEntity>();
  const count = ({ type, name }: Known): void => {
    const key = `${type} ${folded(name)}`;
    const before = counted.get(key);
    counted.set(key, before ? { ...before, count: before.count + 1 } : { type, name, count: 1 });
  };
  for (const [i, text] of texts.entries()) {
    const listed = table
      ? [...text.matchAll(table.pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] }))
      : [];
    for (const one of listed) {
      const known = table?.byName.get(folded(one.text));
      if (known) count(known);
    }
    for (const { start, end, type } of found[i] ?? []) {
      if (listed.some((one) => one.start < end && start < one.end) || (type === 'PERSON' && !naming.keepsPersons)) continue;
      const known = standard(text.slice(start, end), type, naming.language);
      if (known) count(known);
    }
  }
  return mostOfEachKind([...counted.values()]);
}

function mostOfEachKind(entities: NamedEntity[]): NamedEntity[] {
  const taken = new Map<string, number>();
  return entities
    .sort((a, b) => b.count - a.count)
    .filter(({ type }) => {
      taken.set(type, (taken.get(type) ?? 0) + 1);
      return (taken.get(type) ?? 0) <= MOST_OF_A_KIND;
    });
}
