import type { Span } from '../../ports/pii.ts';

const BORDER = /(BEGIN|END):VCARD/gi;
const LONGEST = 20_000;
/** A property of RFC 6350 with its parameters; what is long goes on in lines that begin with a blank. */
const PROPERTY =
  /^(?:[\p{L}\d-]{1,20}\.)?(?<name>N|FN|NICKNAME|TEL|BDAY|ADR)(?:;[^:\r\n]{0,200})?:(?<value>[^\r\n]{1,400}(?:\r?\n[ \t][^\r\n]{0,400}){0,4})/gimu;

/** Where the parts of an address stand: box, extension and street, then town, region, code, country. */
const PARTS_OF_ADDRESS = ['STREET_ADDRESS', 'STREET_ADDRESS', 'STREET_ADDRESS', '', '', 'ZIP_CODE', ''];
const TYPES = new Map([
  ['FN', 'PERSON'],
  ['NICKNAME', 'PERSON'],
  ['TEL', 'PHONE_NUMBER'],
  ['BDAY', 'DATE_OF_BIRTH'],
]);

function parts(value: string, start: number, typeOf: (part: number) => string): Span[] {
  const spans: Span[] = [];
  let at = start;
  for (const [i, part] of value.split(';').entries()) {
    const inner = part.trim();
    const begin = at + part.indexOf(inner);
    if (inner !== '' && typeOf(i) !== '') spans.push({ start: begin, end: begin + inner.length, type: typeOf(i), score: 0.95 });
    at += part.length + 1;
  }
  return spans;
}

/** What the cards of people in a text say of them. */
export function findInCards(text: string): Span[] {
  const spans: Span[] = [];
  const borders = [...text.matchAll(BORDER)];
  for (const [i, { index, 1: kind = '' }] of borders.entries()) {
    if (/^end$/i.test(kind)) continue;
    // A card that does not end goes to the next: what lies in several would be read as often.
    const end = Math.min(borders[i + 1]?.index ?? text.length, index + LONGEST);
    for (const match of text.slice(index, end).matchAll(PROPERTY)) {
      const { name = '', value = '' } = match.groups ?? {};
      const start = index + match.index + match[0].length - value.length;
      const type = TYPES.get(name.toUpperCase());
      if (type === undefined) spans.push(...parts(value, start, (part) => (/^n$/i.test(name) ? 'PERSON' : (PARTS_OF_ADDRESS[part] ?? ''))));
      else spans.push({ start, end: start + value.trimEnd().length, type, score: 0.95 });
    }
  }
  return spans;
}
