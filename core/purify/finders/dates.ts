import { type Finder, words } from './finder.ts';

const MONTHS =
  'jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]v(?:rier)?|mar(?:ch|s|zo)?|m[äa]rz|apr(?:il)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|ao[ûu]t|agosto|sept?(?:ember|embre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|nov(?:ember|embre|iembre)?|dec(?:ember)?|dez(?:ember)?|d[ée]c(?:embre)?|dic(?:iembre)?|enero|ene|febrero';
const DAY = `(?:\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})|\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th|\\.|er)? (?:de |of )?(?:${MONTHS})\\.?,? (?:de |del )?\\d{4}|(?:${MONTHS})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})`;
const BIRTH = words(
  'born',
  'birth',
  'dob\\b',
  'd\\.o\\.b',
  'geboren',
  'geburt',
  'geb\\.',
  'nacid',
  'nacimiento',
  'n[ée]e? le',
  'naissance',
  'date de naiss',
  'nato il',
  'nata il',
  'nascita',
);

/** Dates of birth; any other date is nobody's. */
export const DATES: readonly Finder[] = [
  {
    type: 'DATE_OF_BIRTH',
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])${DAY}(?![\\p{L}\\p{N}])`, 'giu'),
    score: 0.1,
    context: BIRTH,
    digits: 4,
    triggers: [
      'born',
      'birth',
      'dob',
      'd.o.b',
      'gebor',
      'geburt',
      'geb.',
      'nacid',
      'nacimiento',
      'e le',
      'é le',
      'naiss',
      'nat',
      'nascita',
    ],
  },
];
