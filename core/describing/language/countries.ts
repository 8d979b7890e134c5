/** Languages in which documents name countries. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
const LETTERS = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));

const folded = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What people say instead, and which of the codes are no countries. */
const ALSO: Record<string, string> = { usa: 'US', uk: 'GB', 'u.s.': 'US', 'great britain': 'GB', holland: 'NL', 'czech republic': 'CZ' };
const NONE = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

let names: Map<string, string> | undefined;

/** Names of countries as ICU has them, with the English one, which is the canonical one. Made when first used: it takes milliseconds. */
function namesOfCountries(): Map<string, string> {
  if (names) return names;
  names = new Map();
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter((code) => !NONE.has(code) && english.of(code) !== undefined);
  for (const language of LANGUAGES) {
    const shown = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = shown.of(code);
      if (name) names.set(folded(name), english.of(code) ?? name);
    }
  }
  for (const [name, code] of Object.entries(ALSO)) names.set(name, english.of(code) ?? code);
  return names;
}

/** The English name of a country that is named in one of seven languages. */
export const countryOf = (name: string): string | undefined => namesOfCountries().get(folded(name));
