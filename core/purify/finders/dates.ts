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

/** Dates of birth and ages; any other date is nobody's. */
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
  {
    type: 'AGE',
    pattern:
      /(?<![\p{L}\p{N}.,-])(?<id>\d{1,3})(?:[- ](?:years?|yrs?|months?)[- ]old|[- ]?(?:y\/?o|yo)(?![\p{L}])|[- ]year[- ]olds?| años de edad|[- ]j[äa]hrig| Jahre alt| ans d['’][âa]ge|[- ]anni)/giu,
    valid: (found) => Number(found) <= 125,
    score: 0.8,
    digits: 1,
  },
  {
    type: 'AGE',
    pattern:
      /(?<![\p{L}\p{N}])(?:(?:i|he|she|who|they)(?:['’]ll| will| would|['’]d)?(?: just| have| has| had| recently)? (?:turn(?:s|ed|ing)?|am turning|is turning)|(?:just|recently) turned|turn(?:s|ed|ing)|aged?|age (?:is|of)|aged? ?:|i am|i['’]m|(?:s?he) (?:is|was)|[s]?he['’]s|at the age of|im alter von|alter ?:|edad ?:?|cumpl[a-zíó]{1,5}|tengo|tiene|(?:mujer|hombre|niñ[oa]|señora?|paciente|joven|femme|homme|patiente?|donna|uomo|paziente|mulher|homem) (?:de|di)|[âa]ge ?:?|j['’]ai|[âa]g[ée]e? de)\s{1,2}(?<id>\d{1,3})(?![\p{L}\p{N}%$€£:/-]|[.,]\d|\s{1,2}(?:%|percent|miles?|km|kg|lbs?|minutes?|hours?|days?|weeks?|euros?|dollars?|of |th|st |nd |rd |times|people|points))/giu,
    valid: (found) => Number(found) <= 125 && Number(found) > 0,
    score: 0.6,
    digits: 1,
  },
];
