import { factsOf } from '../names/lexicon.ts';
import type { Finder } from './finder.ts';

const WORD = '[\\p{L}\\p{N}_][\\p{L}\\p{N}_+-]{0,62}';
const DOMAIN = '[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}';
const OF_DOT = '(?:dot|punkt|punto|point|ponto|kropka)';
const OF_AT = '(?:at|ät|arroba|arobase|chiocciola)';
const BRACKETED_DOT = `[ ]?[(\\[{][ ]?(?:${OF_DOT}|\\.)[ ]?[)\\]}][ ]?`;
const SPOKEN_DOT = ` ${OF_DOT} `;
const ANY_DOT = `(?:${BRACKETED_DOT}|${SPOKEN_DOT}|\\.)`;
const BRACKETED_AT = `[ ]?[(\\[{<][ ]?(?:${OF_AT}|@)[ ]?[)\\]}>][ ]?`;
const END = '(?![\\p{L}\\p{N}])';

/** Boxes of offices, which are ordinary words. */
const ROLE = /^(?:info|contact|kontakt|contacto|office|support|sales|service|mail|post|hello|help|admin|team|jobs|press)$/i;

/** `maria at keller dot example`, but not `we met at Keller dot com`: what stands before is somebody's, or no word at all. */
function isBox(found: string): boolean {
  const [box = ''] = found.split(/[ .]/, 1);
  const { word, given } = factsOf(box);
  return ROLE.test(box) || /[\d_+-]/.test(box) || /^\S+\.\S/.test(found) || given || !word;
}

/** Addresses that are written so that no machine should read them, or that the end of a line broke at their marks. */
export const SPELLED: readonly Finder[] = [
  {
    type: 'EMAIL_ADDRESS',
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}._])${WORD}(?:${ANY_DOT}${WORD}){0,3}${BRACKETED_AT}${DOMAIN}(?:${ANY_DOT}${DOMAIN}){0,3}${ANY_DOT}\\p{L}{2,18}${END}`,
      'giu',
    ),
    score: 0.9,
    digits: 0,
    triggers: ['(at)', '[at]', '{at}', '<at>', '( at )', '[ at ]', '(ät)', '[ät]', '(@)', '[@]', 'arroba', 'arobase', 'chiocciola'],
  },
  {
    type: 'EMAIL_ADDRESS',
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}._])${WORD}(?:(?:${SPOKEN_DOT}|\\.)${WORD}){0,3} ${OF_AT} ${DOMAIN}(?:${SPOKEN_DOT}${DOMAIN}){0,2}${SPOKEN_DOT}\\p{L}{2,18}${END}`,
      'giu',
    ),
    valid: isBox,
    score: 0.8,
    digits: 0,
    sign: new RegExp(` ${OF_AT} ${DOMAIN} ${OF_DOT} `, 'iu'),
    triggers: [' dot ', ' punkt ', ' punto ', ' point ', ' ponto ', ' kropka '],
  },
  {
    type: 'EMAIL_ADDRESS',
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_][\p{L}\p{N}._%+-]{0,63}(?:@[ ]?\n[ ]?|@ )(?:[\p{L}\p{N}-]{1,62}\.){1,4}\p{L}{2,18}(?![\p{L}\p{N}])/gu,
    score: 0.8,
    digits: 0,
    triggers: ['@ ', '@\n'],
  },
  {
    type: 'EMAIL_ADDRESS',
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}-]{1,62}(?:\.[ ]?\n[ ]?|[ ]?\n[ ]?\.)[a-z]{2,12}(?![\p{L}\p{N}])/gu,
    score: 0.8,
    digits: 0,
    triggers: ['@'],
    sign: /@[^\s.]{1,62}[ .]{0,2}\n/,
  },
];
