import type { Config, Source } from '#schemas/config.ts';
import type { UnitRule } from '#schemas/normalising.ts';
import type { Element } from '#schemas/records/extracted.ts';

/** What is added to a source's texts, ready to be looked for. */
export type Terms = {
  abbreviations: { pattern: RegExp; meaning: ReadonlyMap<string, string> } | undefined;
  units: { pattern: RegExp; rule: ReadonlyMap<string, UnitRule> } | undefined;
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const anyOf = (names: readonly string[]): string =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');

const NUMBER = '(?<![\\p{L}\\p{N}.,])(?<number>-?\\d+(?:[.,]\\d+)*)';

function compile({ normalising }: Config, own: Source['normalising']): Terms {
  const meaning = new Map(Object.entries({ ...normalising.abbreviations, ...own?.abbreviations }));
  const rules = [...normalising.units, ...(own?.units ?? [])];
  const rule = new Map(rules.flatMap((one) => one.units.map((unit) => [unit, one] as const)));
  return {
    abbreviations:
      meaning.size === 0
        ? undefined
        : { pattern: new RegExp(`(?<![\\p{L}\\p{N}-])(?:${anyOf([...meaning.keys()])})(?![\\p{L}\\p{N}-])`, 'gu'), meaning },
    units:
      rule.size === 0
        ? undefined
        : {
            pattern: new RegExp(`${NUMBER}(?<blank>[ \\u00A0]?)(?<unit>${anyOf([...rule.keys()])})(?![\\p{L}\\p{N}/²³])(?! ?\\()`, 'gu'),
            rule,
          },
  };
}

const compiled = new WeakMap<Config, Map<string, Terms>>();

/** Made once for a configuration and source. */
export function termsOf(config: Config, source: Source): Terms {
  const bySource = compiled.get(config) ?? new Map<string, Terms>();
  compiled.set(config, bySource);
  const terms = bySource.get(source.name) ?? compile(config, source.normalising);
  bySource.set(source.name, terms);
  return terms;
}

/** Languages that write 1.5 with a comma and 1,500 with a point. */
const COMMA = new Set(['de', 'fr', 'es', 'it', 'nl', 'pt', 'da', 'sv', 'no', 'fi', 'pl', 'cs', 'ru', 'tr']);

/** A number as its language writes it, and how many digits of it say something; undefined: it is none, or a date, or a version. */
function numberOf(text: string, language: string): { value: number; digits: number } | undefined {
  const [point, group] = COMMA.has(language) ? [',', '.'] : ['.', ','];
  const [whole = '', fraction, more] = text.split(point);
  if (more !== undefined || fraction?.includes(group)) return undefined;
  const groups = whole.split(group);
  if (groups.slice(1).some((part) => part.length !== 3)) return undefined;
  const value = Number(`${groups.join('')}.${fraction ?? '0'}`);
  return { value, digits: `${groups.join('')}${fraction ?? ''}`.replace(/^-?0*/, '').length };
}

function converted(value: number, digits: number, { factor, offset, to }: UnitRule, language: string): string {
  // One digit more than was written, so that nothing is lost, and three at least.
  const rounded = Number((value * factor + offset).toPrecision(Math.min(15, Math.max(3, digits + 1))));
  const shown =
    Math.abs(rounded) >= 1e15 ? String(rounded) : rounded.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 6 });
  return `${COMMA.has(language) ? shown.replace('.', ',') : shown} ${to}`;
}

function withUnits(text: string, units: NonNullable<Terms['units']>, language: string, isWord: (word: string) => boolean): string {
  return text.replace(units.pattern, (found: string, ...rest: unknown[]) => {
    const [at, whole, groups] = rest.slice(-3) as [number, string, { number: string; unit: string }];
    const rule = units.rule.get(groups.unit);
    const number = numberOf(groups.number, language);
    // `5 in` before a word is the preposition.
    if (!rule || !number || (isWord(groups.unit) && /^\s+\p{L}/u.test(whole.slice(at + found.length)))) return found;
    return `${found} (${converted(number.value, number.digits, rule, language)})`;
  });
}

function withMeanings(text: string, { pattern, meaning }: NonNullable<Terms['abbreviations']>): string {
  const lower = text.toLowerCase();
  const told = new Set([...meaning].filter(([, words]) => lower.includes(words.toLowerCase())).map(([short]) => short));
  return text.replace(pattern, (short) => {
    const words = meaning.get(short);
    if (words === undefined || told.has(short)) return short;
    told.add(short);
    return `${short} (${words})`;
  });
}

/** What says itself as it is: a heading is shown above others, code and cells are data. */
const AS_IT_IS: ReadonlySet<Element['kind']> = new Set(['heading', 'code', 'table', 'summary']);

/**
 * Elements with what abbreviations mean and what measures are in other units, beside what is written, which stays as it is.
 * Each element by itself: an edit changes no other. `isWord`: whether a unit is an ordinary word of the language too.
 */
export function withTerms(elements: readonly Element[], terms: Terms, language: string, isWord: (word: string) => boolean): Element[] {
  return elements.map((element) => {
    if (!('text' in element) || AS_IT_IS.has(element.kind)) return element;
    const meant = terms.abbreviations ? withMeanings(element.text, terms.abbreviations) : element.text;
    const text = terms.units ? withUnits(meant, terms.units, language, isWord) : meant;
    return text === element.text ? element : { ...element, text };
  });
}
