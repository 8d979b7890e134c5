/** Names of months, by number, in the languages that are looked at, in small letters and without accents. */
const MONTHS = [
  'january jan januar janner janvier enero gennaio januari janeiro',
  'february feb februar fevrier fevr febrero febbraio februari fevereiro',
  'march mar marz mars marzo maart marco',
  'april apr avril avr abril abr aprile',
  'may mai mayo maggio mei maio',
  'june jun juni juin junio giugno junho',
  'july jul juli juillet juil julio luglio julho',
  'august aug aout agosto augustus',
  'september sep sept septembre septiembre settembre setembro',
  'october oct oktober okt octobre octubre ottobre outubro',
  'november nov novembre noviembre novembro',
  'december dec dezember dez decembre diciembre dic dicembre dezembro',
].map((names) => names.split(' '));
const NUMBER = new Map(MONTHS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)));

const WORD = '[\\p{L}]{3,10}\\.?';
const FORMS = [
  /(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})/u,
  /(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})/u,
  /(?<a>\d{1,2})[/-](?<b>\d{1,2})[/-](?<y>\d{4})/u,
  new RegExp(`(?<d>\\d{1,2})(?:st|nd|rd|th|er|\\.|º)? (?:de |of )?(?<name>${WORD}),? (?:de |del )?(?<y>\\d{4})`, 'u'),
  new RegExp(`(?<name>${WORD}) (?<d>\\d{1,2})(?:st|nd|rd|th)?,? (?<y>\\d{4})`, 'u'),
];
export const DATE = new RegExp(
  `(?<![\\p{L}\\p{N}./-])(?:${FORMS.map(({ source }) => source.replace(/\?<\w+>/g, '?:').replace(/\(\?:(?=\\d|\[)/g, '(?:')).join('|')})(?![\\p{L}\\p{N}/-]|\\.\\d)`,
  'giu',
);

const monthOf = (name: string): number | undefined =>
  NUMBER.get(
    name
      .normalize('NFD')
      .replace(/\p{M}|\./gu, '')
      .toLowerCase(),
  );

/** Day and month of a date that has slashes: the day comes first but in English, where it does so only if the other cannot be it. */
function ordered(a: number, b: number, language: string): { day: number; month: number } | undefined {
  if (a > 12) return { day: a, month: b };
  if (b > 12) return { day: b, month: a };
  return language === 'en' && a !== b ? undefined : { day: a, month: b };
}

/** ISO 8601 of a whole date; undefined for what is none, or may be one of two. */
export function isoDay(text: string, language: string): string | undefined {
  for (const form of FORMS) {
    const found = new RegExp(`^(?:${form.source})$`, 'u').exec(text.trim())?.groups;
    if (!found) continue;
    const { y, m, d, a, b, name } = found;
    const either = a === undefined ? undefined : ordered(Number(a), Number(b), language);
    const month = either?.month ?? (name === undefined ? Number(m) : monthOf(name));
    const day = either?.day ?? Number(d);
    if (month === undefined || Number.isNaN(day) || (a !== undefined && !either)) return undefined;
    const date = new Date(Date.UTC(Number(y), month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
  }
  return undefined;
}
