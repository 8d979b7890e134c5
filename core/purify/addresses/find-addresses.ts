import type { Span } from '../../ports/pii.ts';
import { isFigure, nextFigure } from '../finders/figures.ts';
import { factsOf } from '../names/lexicon.ts';
import { BEFORE_NAME, CUE, KIND, nameOf, POSTCODE, RARE_KIND, SIGN, SMALL, SMALL_BEFORE, UNIT } from './parts.ts';

const EMPTY = '(?:nan|null|none|n\\/a|-)(?![\\p{L}\\d])';
const LINE = '[ \\t]{0,4}\\n[ \\t>?*|]{0,14}';
const NEXT = `(?:\\.?,? |, ?|\\.?${LINE},? ?|,${LINE})`;
/** What follows a street: a flat, a town, a state, a country, a code. */
const NOT_TOWN = '(?!(?:Tel|Fax|Phone|Mobil|E-?[Mm]ail|Web)\\p{L}*)';
const TAIL = `(?:${NEXT}(?:${UNIT}|${POSTCODE}|${NOT_TOWN}${nameOf(3)}(?: \\((?!the )[\\p{L} ]{2,20}\\))?(?![\\p{L}\\d]|:|[ ]?@)|${EMPTY})|\\n${LINE}${nameOf(2)}(?: \\([\\p{L} ]{2,20}\\))? ${POSTCODE})`;
const LEAD = '\\d{1,6}(?:[a-z]|[A-Z](?=[ ,]))?(?:[ ,-]{1,2}\\d{1,4})?';
const NUMBER = '\\d{1,5}(?: ?[a-z](?![\\p{L}]))?(?:[-/]\\d{1,4})?(?![\\p{L}\\d]|[.,:]\\d)';
/** A figure before a word that may be of a name, and one after it. */
const LED = new RegExp(`\\d[A-Za-z]?,?[ ](?:\\p{Lu}|${SMALL_BEFORE})`, 'u');
// Blanks before figures are few, so that what stands before them is looked at backwards.
const FOLLOWED = new RegExp(`[ ](?<=(?:\\p{Lu}[\\p{L}\\p{M}'’.-]{0,70}|[ ]${SMALL}),?[ ])\\d`, 'u');
/** A number before or after the name: what has none is looked at no further. */
const STREET = new RegExp(
  `(?<![\\p{L}\\p{N}.,/-])(?:(?<lead>${LEAD}),?[ ](?<name>(?:${BEFORE_NAME})?${nameOf(5)})(?:,?[ ](?<number>${NUMBER})\\.?)?|(?<other>(?:${BEFORE_NAME})?${nameOf(5)}),?[ ](?<behind>${NUMBER})\\.?)(?<tail>${TAIL}{0,8})`,
  'gu',
);
const BOX = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:P\\.? ?O\\.? ?Box|Post(?:al)? Box|Postfach|Postbus|Apartado(?: de Correos)?|Bo[iî]te Postale|BP|Casella Postale|(?:PSC|Unit|CMR) \\d{1,5},? Box) \\d{1,6}|USS [\\p{L}]{2,20}(?= ?\\n?FPO))(?:,? ?\\n? ?(?:APO|FPO|DPO) A[AEP] \\d{5}|(?<tail>${TAIL}{0,8}))`,
  'giu',
);
const BOX_SIGN = /(?:box|fach|postbus|apartado|correos|postale|bp) \d|\buss [^\n]{2,21}\n?fpo/i;
const CORNER = /(?<=\bat |\bin |\bon |\bis |: ?|\s)(?:the )?corner of [^\n.?!]{3,70}? and [\p{Lu}][\p{L}\p{M}'’. -]{2,40}/gu;
const LONE_UNIT = /(?<![\p{L}\p{N}])(?:Apt|Apartment|Suite|Ste)\.? ?#?\d{1,5}[A-Z]?(?![\p{L}\d])/giu;
const UNIT_WORD = /apt|apartment|suite|ste/i;
const CODE_WORD = /zip|post|plz|c[oó]digo|code|c\.?p|cap/i;
const CODE = new RegExp(
  `(?:zip(?: ?code)?|post ?code|postal code|plz|postleitzahl|c[oó]digo postal|code postal|c\\.?p\\.?|cap)\\s{0,2}(?:is|ist|es|est|:|\\.|#)?\\s{1,3}(?<id>${POSTCODE})`,
  'giu',
);
const UK_CODE =
  /(?<![\p{L}\p{N}])(?:GIR ?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRV-Y]) \d[ABD-HJLNP-UW-Z]{2})(?![\p{L}\p{N}])/gu;

const UK_CODE_END = /\d[A-Z]{2}|GIR/;

const CODE_AT_END = new RegExp(`${POSTCODE}\\s*$`, 'u');

const CUE_REACH = 100;
const NAME_REACH = 90;
const TAIL_REACH = 220;
/** Points that make an address: two for what is said by a word, one for what is said by a figure. */
const ENOUGH_POINTS = 3;

/** `2 February 2017`, `13, 2026`, `2:57 AM`: days and hours. */
const MONTH =
  /^(?:jan(?:uar[yi]?|vier)?|feb(?:ruar[yi]?)?|mar(?:ch|s|zo)?|m[äa]rz|apr(?:ile?)?|abril|avril|may|mai|mayo|jun[eio]?|juin|junio|jul[yi]?|julio|juillet|aug(?:ust)?|agosto|ao[uû]t|sept?(?:ember|tembre|tiembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember|embre)?|diciembre|dicembre)\.?(?!\p{L})/iu;
const IN_TIME = /(?:\d:|(?<!\p{L})(?:jan|feb|mar|m[äa]r|apr|may|mai|june?|july?|aug|sept?|o[ck]t|nov|de[cz])\p{Ll}{0,6}\.? )$/iu;
/** `12 May Street` is none of these. */
const isOfTime = (name: string, before: string): boolean => (MONTH.test(name) && !KIND.test(name)) || IN_TIME.test(before);

function points(match: RegExpMatchArray, before: string): number {
  const { lead = '', name = '', number = '', other = '', behind = '', tail = '' } = match.groups ?? {};
  if (lead !== '' && isOfTime(name, before)) return 0;
  let sum = (lead === '' ? 0 : 1) + (number + behind === '' ? 0 : 1);
  if (KIND.test(name + other) || (lead !== '' && RARE_KIND.test(name))) sum += 2;
  if (/(?:Apt|Apartment|Suite|Ste|Unit|Flat|Wohnung|Piso)\.? ?#?\d/u.test(tail)) sum += 2;
  if (CODE_AT_END.test(tail)) sum += 1;
  else if (tail.split(/[\n,]| (?=\p{Lu})/u).some((part) => factsOf(part.trim()).place)) sum += 1;
  if (CUE.test(before)) sum += 2;
  return sum;
}

/** A full stop behind a figure, a code or a word that is no abbreviation, and the words that go on. */
const STOP = /(?:\d[A-Z]{0,2}|\p{L}{5})\.\s{1,4}(?<next>\p{Lu}[\p{L}’']*)(?![\p{L}’']|\.? ?#?\d)(?: (?<then>\p{L}+))?/gu;
const PART_OF_HOUSE = /^(?:OG|Stock|Etage|Apartment|Suite|Unit|Flat|Floor|Room|Building|Wohnung|Piso|Planta|Bureau)$/u;

/** `9JT. My car`, but neither `9JT. England` nor `Main Street. New York`. */
function startsNextSentence(next: string, then: string): boolean {
  const { word, place, name } = factsOf(next);
  if (!word || place || PART_OF_HOUSE.test(next)) return false;
  return (!name || then === then.toLowerCase()) && !factsOf(`${next} ${then}`).place;
}

/** The end of a match without the words that begin the next sentence or a line of its own. */
function endOf(match: RegExpMatchArray & { index: number }): number {
  const [all] = match;
  const ends = all.includes('.')
    ? [...all.matchAll(STOP)].filter(({ groups }) => startsNextSentence(groups?.next ?? '', groups?.then ?? ''))
    : [];
  const kept = ends[0] ? all.slice(0, ends[0].index + ends[0][0].indexOf('.')) : all;
  return match.index + kept.replace(/[\s.,]+$/u, '').length;
}

/** Stretches of text with a figure in them: before one stands at most a street's name, after it the rest of an address. */
function aroundFigures(text: string): [start: number, end: number][] {
  const stretches: [number, number][] = [];
  for (let index = nextFigure(text, 0); index >= 0; index = nextFigure(text, index + 1)) {
    if (isFigure(text.charCodeAt(index - 1))) continue;
    const last = stretches.at(-1);
    const start = Math.max(0, index - NAME_REACH);
    if (last && start <= last[1]) last[1] = Math.min(text.length, index + TAIL_REACH);
    else stretches.push([start, Math.min(text.length, index + TAIL_REACH)]);
  }
  return stretches;
}

/** The pattern of whole addresses is large, and most texts never need it: those of which no part could make enough points. */
function mayHaveStreet(part: string, before: string): boolean {
  const [isLed, isFollowed] = [LED.test(part), FOLLOWED.test(part)];
  return (isLed && isFollowed) || ((isLed || isFollowed) && SIGN.test((before + part).toLowerCase()));
}

function streetsIn(part: string, offset: number, text: string): Span[] {
  const spans: Span[] = [];
  const pattern = STREET;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
    const start = offset + match.index;
    const sum = points(match, text.slice(Math.max(0, start - CUE_REACH), start));
    if (sum >= ENOUGH_POINTS)
      spans.push({ start, end: offset + endOf(match), type: 'STREET_ADDRESS', score: sum > ENOUGH_POINTS ? 0.8 : 0.7 });
    // What is no address may have one in it: look on after its first word.
    else pattern.lastIndex = match.index + (/^\S+/.exec(match[0])?.[0].length ?? 1);
  }
  return spans;
}

function simple(part: string, offset: number, pattern: RegExp, type: string, score: number): Span[] {
  const spans: Span[] = [];
  // Not matchAll, which copies the pattern: most parts have no match.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
    const id = match.groups?.id;
    const start = match.index + (id === undefined ? 0 : match[0].lastIndexOf(id));
    spans.push({ start: offset + start, end: offset + (id === undefined ? endOf(match) : start + id.length), type, score });
  }
  return spans;
}

/** Postal addresses: streets with their numbers, boxes, flats, towns and codes. `text`: as `caselessShadow` gives it. */
export function findAddresses(text: string): Span[] {
  const spans = text.includes('corner of') ? simple(text, 0, CORNER, 'STREET_ADDRESS', 0.7) : [];
  for (const [start, end] of aroundFigures(text)) {
    const part = text.slice(start, end);
    spans.push(
      ...(mayHaveStreet(part, text.slice(Math.max(0, start - CUE_REACH), start)) ? streetsIn(part, start, text) : []),
      ...(BOX_SIGN.test(part) ? simple(part, start, BOX, 'STREET_ADDRESS', 0.9) : []),
      ...(UNIT_WORD.test(part) ? simple(part, start, LONE_UNIT, 'STREET_ADDRESS', 0.6) : []),
      ...(CODE_WORD.test(part) ? simple(part, start, CODE, 'ZIP_CODE', 0.8) : []),
      ...(UK_CODE_END.test(part) ? simple(part, start, UK_CODE, 'ZIP_CODE', 0.7) : []),
    );
  }
  return spans;
}
