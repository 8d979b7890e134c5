import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import type { Destination } from './destinations.ts';

type TextField = 'title' | 'author' | 'subject';
type Moment = { yr: number; mo: number; dy: number; hr: number; min: number };

const isTextField = (destination: Destination): destination is TextField => ['title', 'author', 'subject'].includes(destination);
const isPart = (word: string): word is keyof Moment => ['yr', 'mo', 'dy', 'hr', 'min'].includes(word);

export type Info = {
  write(destination: Destination, text: string): void;
  /** Takes a word such as `\yr2024` of a date; false if it is none. */
  date(destination: Destination, word: string, value: number | undefined): boolean;
  metadata(): DocumentMetadata;
};

/** What the `\info` group says of the document. */
export function info(): Info {
  const texts = new Map<TextField, string>();
  const dates = new Map<'created' | 'modified', Partial<Moment>>();
  let keywords = '';
  return {
    write(destination, text) {
      if (isTextField(destination)) texts.set(destination, (texts.get(destination) ?? '') + text);
      else if (destination === 'keywords') keywords += text;
    },
    date(destination, word, value) {
      if ((destination !== 'created' && destination !== 'modified') || !isPart(word)) return false;
      dates.set(destination, { ...dates.get(destination), [word]: value ?? 0 });
      return true;
    },
    metadata() {
      const listed = keywords.split(/[,;]/).map((keyword) => keyword.trim());
      return Object.fromEntries([
        ...[...texts].filter(([, text]) => text.trim() !== ''),
        ...[...dates].flatMap(([key, moment]) => isoDate(moment).map((date) => [key, date] as const)),
        ...(listed.some((keyword) => keyword !== '') ? [['keywords', listed.filter((keyword) => keyword !== '')] as const] : []),
      ]);
    },
  };
}

function isoDate({ yr = 0, mo = 1, dy = 1, hr = 0, min = 0 }: Partial<Moment>): string[] {
  if (yr < 1900 || yr > 9999 || mo < 1 || mo > 12 || dy < 1 || dy > 31 || hr > 23 || min > 59) return [];
  const two = (part: number): string => String(part).padStart(2, '0');
  return [`${yr}-${two(mo)}-${two(dy)}T${two(hr)}:${two(min)}:00`];
}
