import { type Finder, words } from './finder.ts';

const MONTHS =
  'jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]v(?:rier)?|mar(?:ch|s|zo)?|m[äa]rz|apr(?:il)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|ao[ûu]t|agosto|sept?(?:ember|embre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|nov(?:ember|embre|iembre)?|dec(?:ember)?|dez(?:ember)?|d[ée]c(?:embre)?|dic(?:iembre)?|enero|ene|febrero|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|januari|februari|maart|mei|augustus|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря';
const DAY = `(?:\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})|\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th|\\.|er|º)? (?:de |of )?(?:${MONTHS})\\.?,? (?:de |del )?\\d{4}|(?:${MONTHS})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})`;
const STEMS = ['born', 'birth', 'geburt', 'nací', 'nacid', 'nasci', 'urodz', 'naroz', 'родил', 'рожден', 'född', 'født', 'fødsel'];
const BIRTH = words(
  ...STEMS,
  'dob\\b',
  'd\\.o\\.b',
  'geboren',
  'geb\\.',
  'nac[ií] el',
  'naci[oó] (?:el|en)',
  'nacimiento',
  'n[ée]e? le',
  'naissance',
  'date de naiss',
  'nat[oa] il',
  'nat[oa] a \\p{L}{2,20},? il',
  'sono nat[oa]',
  'ur\\.',
  'geboorte',
);

/** Dates of birth; any other date is nobody's. */
export const DATES: readonly Finder[] = [
  {
    type: 'DATE_OF_BIRTH',
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])${DAY}(?![\\p{L}\\p{N}])`, 'giu'),
    score: 0.1,
    context: BIRTH,
    digits: 4,
    triggers: [...STEMS, 'dob', 'd.o.b', 'gebor', 'geb.', 'nacim', 'naci', 'e le', 'é le', 'naiss', 'nat', ' ur.', 'geboor'],
  },
];
