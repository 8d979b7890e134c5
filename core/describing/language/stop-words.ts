import { dan, deu, eng, fin, fra, ita, nld, nob, pol, por, ron, rus, spa, swe, tur, ukr } from 'stopword';
import { STOP_WORDS } from '../../search/stop-words.ts';

const LISTS: Record<string, readonly string[]> = {
  da: dan,
  de: deu,
  en: eng,
  es: spa,
  fi: fin,
  fr: fra,
  it: ita,
  nl: nld,
  no: nob,
  pl: pol,
  pt: por,
  ro: ron,
  ru: rus,
  sv: swe,
  tr: tur,
  uk: ukr,
};
const sets = new Map<string, ReadonlySet<string>>();

/** Words that say nothing of what a text is about, those that a search leaves out among them; undefined for a language without a list. */
export function stopWordsOf(language: string): ReadonlySet<string> | undefined {
  const list = LISTS[language];
  const known = sets.get(language) ?? (list && new Set([...list, ...(STOP_WORDS[language]?.split(' ') ?? [])]));
  if (known) sets.set(language, known);
  return known;
}
