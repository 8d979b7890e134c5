import { limits } from '../check.ts';
import { type TextCheck, wordsOf } from '../subject.ts';

/** Places that a program or a person was to fill in, as they are written in templates of many makes. */
const FIELDS = [
  /\{\{[^{}\n]{1,60}\}\}/g,
  /\$\{[^{}\n]{1,60}\}/g,
  /<<[^<>\n]{1,60}>>/g,
  /«[\p{L}_][\p{L}\p{N}_]{1,40}»/gu,
  /\bMERGEFIELD\b/g,
  /<(?:(?:your|first|last|full|company|customer|client|insert|enter)\b[^<>\n]{0,40}|[A-Z][A-Z_ ]{3,30})>/g,
  /\[(?:(?:insert|enter|your|type|fill in|add|choose|select|hier|bitte|ihr|name|datum|date|company|firma|address|adresse|insérer|saisir|votre|su nombre|inserte)\b[^[\]\n]{0,80}|[A-Z][A-Z_ ]{3,30})\]/giu,
  /\b(?:click|tap) (?:or tap )?here to enter (?:text|a date)\b/gi,
  /\bklicken oder tippen sie(?: hier)?,? um (?:text|ein datum) einzugeben\b/gi,
  /\bcliquez ou appuyez ici pour entrer (?:du texte|une date)\b/gi,
  /\b(?:TT\.MM\.JJJJ|DD[/.-]MM[/.-]YYYY|MM[/.-]DD[/.-]YYYY|YYYY-MM-DD|JJ\/MM\/AAAA)\b/g,
];
/** Text that only fills the space; how often says nothing. */
const FILLER = /\blorem ipsum dolor\b/i;
/** Lines to write on. A form has them for its readers, so they weigh little. */
const BLANKS = /_{5,}|\.{8,}|…{4,}/g;
const BLANK = 1 / 8;

const FEW = 3;
/** One place to fill in for so many words is a template through and through. */
const WORDS_FOR_ONE = 40;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether what should have been filled in still stands there. Code is not looked at. */
export const template: TextCheck = {
  name: 'template',
  isDefect: true,
  limits: limits({ weight: 2, warn: 0.6, hold: 0.3 }),
  judge({ content }) {
    const text = content
      .filter(({ kind }) => kind !== 'code')
      .map((element) => (element.kind === 'table' ? element.rows.flat().join('\n') : element.text))
      .join('\n');
    const fields = FIELDS.reduce((sum, pattern) => sum + count(text, pattern), FILLER.test(text) ? 1 : 0);
    const blanks = count(text, BLANKS);
    const open = fields + blanks * BLANK;
    const score = open < 1 ? 1 : 1 - Math.min(1, open / Math.max(FEW, wordsOf(text).length / WORDS_FOR_ONE));
    return { score: fields === 0 ? Math.max(score, 0.5) : score, message: `${fields} fields and ${blanks} lines are not filled in` };
  },
};
