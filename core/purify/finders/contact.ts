import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { factsOf } from '../names/lexicon.ts';
import { digitsOf } from './checksums.ts';
import { type Finder, words } from './finder.ts';

export const PHONE_WORDS = words(
  'phone',
  'tele?ph?on',
  'tel\\b',
  'tele?fono',
  'tel[eé]f',
  't[eé]l',
  'mobile?\\b',
  'm[oó]vil',
  'mobil',
  'handy',
  'portable',
  'cell(?:ular)?(?: ?phone)?\\b',
  'celular',
  'call(?:ed|ing)?\\b',
  'llam',
  'anruf',
  'ruf',
  'appel',
  'fax',
  'sms',
  'text(?:ed|ing)? me',
  'messages? to',
  'whats ?app',
  'dial',
  'contact',
  'hotline',
  'registered',
  'my number',
  'us number',
  'тел(?:ефон|\\.)',
  'моб\\.',
  'τηλ',
  'κινητ',
  '手[机機]',
  '电话',
  '電話',
  '携帯',
  '전화',
  '휴대폰',
);

/** Country code and length as the numbering plans have them. */
const isInternational = (found: string): boolean => parsePhoneNumberFromString(found.replace(/^00/, '+'))?.isPossible() === true;

/** Seven to fifteen digits (E.164) that are no date, version or amount. */
const isDialled = (found: string): boolean => {
  const count = digitsOf(found.replace(/[, ]*[ex].*$/i, '')).length;
  return count >= 6 && count <= 15 && !/\. |^(?:19|20)\d\d[-/. ]\d\d?[-/. ]\d\d?$|^\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d$/.test(found);
};

/** A national number of North America: area and exchange begin with 2 to 9. */
const NANP =
  /(?<![\w.+/-]|\d )(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?:,? ?(?:x|ext\.?) ?\d{1,6})?(?![\w/-]|\.\d)/gi;

/** What is counted by numbers of the same form. */
const COUNTED = /(?<!\p{L})(?:part|order|item|serial|sku|batch|lot|article|artikel|teil)s?[ -]?(?:numbers?|nummer|no|nr|num|#)?\.?:? ?$/iu;

/** RFC 4291: eight groups, or fewer with one `::`; the last two may be an IPv4 address. */
function isIpv6(found: string): boolean {
  const plain = found
    .replace(/%.*$/, '')
    .replace(/(?:\d{1,3}\.){3}\d{1,3}$/, (v4) => (v4.split('.').every((octet) => Number(octet) < 256) ? '0:0' : 'none'));
  const halves = plain.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}
const isMac = (found: string): boolean => !/^(?:f|\W)+$|^(?:0|\W)+$/i.test(found);

/** Addresses of people and machines on networks. */
export const CONTACT: readonly Finder[] = [
  {
    type: 'EMAIL_ADDRESS',
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}[\p{L}\p{N}-]{1,23}(?![\p{L}\p{N}])/gu,
    score: 1,
    digits: 0,
    triggers: ['@'],
  },
  {
    type: 'URL',
    pattern: /(?<![\p{L}\p{N}])(?:https?|ftps?|sftp):\/\/[^\s<>"'`{}|\\^[\]]{2,2000}/giu,
    score: 1,
    digits: 0,
    triggers: ['://'],
  },
  {
    type: 'URL',
    pattern: /(?<![\p{L}\p{N}@./-])www\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}(?:\/[^\s<>"'`{}|\\^[\]]{0,2000})?/giu,
    score: 1,
    digits: 0,
    triggers: ['www.'],
  },
  {
    type: 'URL',
    pattern: /(?<![\p{L}\p{N}@./-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18}(?:\/[^\s<>"'`{}|\\^[\]]{0,2000})?(?![\p{L}\p{N}@])/giu,
    score: 0.2,
    context: words('website', 'web ?site', 'homepage', 'url\\b', 'domain', 'webseite', 'sitio web', 'p[aá]gina web', 'site web'),
    digits: 0,
    sign: /[a-z\d-]\.[a-z]{2}/i,
    triggers: ['website', 'web site', 'homepage', 'url', 'domain', 'webseite', 'sitio web', 'gina web', 'site web'],
  },
  {
    type: 'USER_NAME',
    pattern:
      /(?<![\p{L}\p{N}])(?:user ?name|user ?id|login|screen ?name|benutzername|usuario|identifiant|nom d'utilisateur)(?:\s{0,3}[:=]\s{0,3}| (?:is|ist|lautet|es|est) (?=[\p{L}.-]*[\d_]))(?<id>[^\s,;:"'<>()]{2,64})/giu,
    score: 0.9,
    digits: 0,
    triggers: ['user', 'login', 'screen', 'benutzername', 'usuario', 'identifiant', 'utilisateur'],
    sign: /(?:name|id|login|usuario|identifiant|utilisateur)\s{0,3}(?:[:=]|(?:is|ist|lautet|es|est) )/i,
  },
  {
    // All of a line, for a transcript of a chat has `User: hello`, too.
    type: 'USER_NAME',
    pattern: /(?<![\p{L}\p{N}])(?:user|benutzer)\s?[:=][ \t]{0,3}(?<id>[a-z][a-z0-9._-]{3,31})(?=[ \t]{0,3}(?:[\r\n]|$))/giu,
    valid: (found) => /[\d_]/.test(found) || !factsOf(found).word,
    score: 0.8,
    digits: 0,
    triggers: ['user:', 'user :', 'user=', 'benutzer:', 'benutzer :', 'benutzer='],
  },
  { type: 'USER_NAME', pattern: /(?<=:\/\/)[^\s/:@"'<>]{1,64}(?=:[^\s/@]{1,128}@)/g, score: 0.9, digits: 0, triggers: ['://'] },
  {
    type: 'USER_NAME',
    pattern: /(?<![\p{L}\p{N}@./])@(?<id>[a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_]))(?![\p{L}\p{N}@/(])/giu,
    score: 0.2,
    context: words('twitter', 'instagram', 'handle', 'telegram', 'mastodon', 'tiktok', 'user'),
    digits: 0,
    triggers: ['@'],
  },
  {
    type: 'PHONE_NUMBER',
    pattern:
      /(?<![\w+]|\d[A-Z0-9]{0,4} )(?:\+|00(?=[ ./-]|[1-9]\d{0,2} ))[ ./-]?[1-9](?:[ ./-]{0,2}\(?\d\)?){6,14}(?:,? ?(?:x|ext\.?) ?\d{1,6})?(?![\w])/gi,
    valid: isInternational,
    score: 0.9,
    digits: 8,
  },
  { type: 'PHONE_NUMBER', pattern: NANP, score: 0.8, digits: 10, unless: COUNTED },
  {
    type: 'PHONE_NUMBER',
    pattern:
      /(?<![\w.+/-]|\d[A-Z0-9]{0,4} (?:[A-Z0-9]{4} )?)\(?0[1-9]\d{0,4}\)?(?:[ ./-]{1,2}\d{2,8}){1,4}(?![\w]|[-./]\d| \d| ?[A-Z0-9]{0,3}\d)/g,
    valid: (found) => digitsOf(found).length >= 10 && isDialled(found),
    score: 0.6,
    digits: 10,
    unless: words('isbn', 'version', 'order', 'no\\.'),
  },
  {
    type: 'PHONE_NUMBER',
    pattern: /(?<![\w.,+])\+?\(?\d(?:[ ./-]{0,2}\(?\d\)?){5,14}(?:,? ?(?:x|ext\.?) ?\d{1,6})?(?![\w])/gi,
    valid: isDialled,
    score: 0.1,
    context: PHONE_WORDS,
    digits: 6,
  },
  {
    type: 'IP_ADDRESS',
    pattern: /(?<![\p{L}\p{N}.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\p{L}\p{N}])(?:\/\d{1,3}(?!\d))?/gu,
    score: 0.9,
    digits: 4,
    unless:
      /(?<!\p{L})(?:version|release|v|ver\.?|section|paragraph|chapter|clause|figure|table|abschnitt|kapitel|art[ií]culo|§)\s{0,2}$/iu,
  },
  {
    type: 'IP_ADDRESS',
    pattern:
      /(?<![\p{L}\p{N}:.])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?:%[a-z0-9]{1,16})?(?![\p{L}\p{N}:]|\.\d)/giu,
    valid: (found) => found.length > 2 && isIpv6(found),
    score: 0.9,
    digits: 1,
  },
  {
    type: 'IP_ADDRESS',
    pattern: /(?<![^\s=])::(?![^\s,;)/])/g,
    score: 0.2,
    context: words('ip', 'src', 'dst', 'address', 'unspecified', 'bind', 'listen'),
    digits: 0,
    triggers: ['::'],
  },
  {
    type: 'MAC_ADDRESS',
    pattern: /(?<![\w:.-])[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?![\w:-])/gi,
    valid: isMac,
    score: 0.9,
    digits: 1,
    unbroken: 17,
  },
  {
    type: 'MAC_ADDRESS',
    pattern: /(?<![\w:.-])[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}(?![\w:-]|\.[0-9a-fA-F])/g,
    valid: isMac,
    score: 0.9,
    digits: 0,
    sign: /\.[0-9a-fA-F]{4}\./,
  },
];
