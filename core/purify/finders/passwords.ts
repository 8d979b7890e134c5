import type { Finder } from './finder.ts';

/** What stands for a password that is elsewhere, or that is not shown: a variable with the name of one, a placeholder, stars. */
const STANDS_FOR_ONE =
  /^\$(?:\{[^:}]*\}?$|\(|(?=\w*(?:_|PASS|PWD|PW$|SECRET|TOKEN|KEY))[A-Z_][A-Z_\d]*$)|^\{\{|^<[^>]*>$|^[*•.?#_-]+$|^%(?:(?=\w*(?:_|PASS|[Pp]ass|PWD|pwd|SECRET|[Ss]ecret|TOKEN|[Tt]oken|KEY|[Kk]ey))\w{0,40}%$|\()|^(?:process|os|env)\./;
const isWritten = (found: string): boolean => !STANDS_FOR_ONE.test(found);
const hasSign = (found: string): boolean => /[\d!#$%&*+?@^_~]/.test(found) && isWritten(found);

/** What is said of passwords: how they are kept, how many characters they have. */
const SAID_OF_ONE = /^(?:sha|md|base|utf|b?crypt|aes|rsa|oauth|pbkdf|argon|scram|ed25519|rfc|http|ipv|v\d)|^\d+-?\p{L}+$|@.*\./iu;
/** Letters and a figure, or a sign within: no word that goes on with the sentence is written so. */
const isNoWord = (found: string): boolean =>
  isWritten(found) && !SAID_OF_ONE.test(found) && /\p{L}/u.test(found) && /\d|[!#$%&*+?@^~](?=\w)/.test(found);

const LABELS =
  "pass(?:word|wd|phrase|code)?|pwd|passwort|kennwort|contrase[ñn]a|clave|mot de passe|senha|parola(?: d['’]ordine)?|wachtwoord|passord|l[öo]senord|adgangskode|salasana|has[łl]o|heslo|jelszó|пароль|κωδικός(?: πρόσβασης)?";
const SPOKEN = 'password|passwort|kennwort|contrase[ñn]a|clave|mot de passe|senha|wachtwoord|passord|l[öo]senord|has[łl]o|пароль';
const IS = 'is|was|ist|war|lautet|es|est|è|é|är|er|to';
const BORDER = '(?<![\\p{L}\\p{N}])';
const TRIGGERS = [
  'pass',
  'pwd',
  'kennwort',
  'contrase',
  'clave',
  'senha',
  'parola',
  'wachtwoord',
  'senord',
  'adgangskode',
  'salasana',
  'haslo',
  'hasło',
  'heslo',
  'jelszó',
  'пароль',
  'κωδικός',
];
const SPOKEN_TRIGGERS = [
  'passwor',
  'kennwort',
  'contrase',
  'clave',
  'de passe',
  'senha',
  'wachtwoord',
  'passord',
  'senord',
  'hasło',
  'пароль',
];

const LABEL_END = '[ \\t]{0,8}\\r?\\n';
/** A label in a line of its own, and a value in the next. */
const onNextLine = (label: string, value: string): RegExp =>
  new RegExp(`(?<=(?:^|\\n)[ \\t]{0,8})(?:${label})${LABEL_END}[ \\t]{0,8}(?<id>${value})(?=[ \\t\\r]{0,8}(?:\\n|$))`, 'giu');
const ON_NEXT_LINE = { type: 'PASSWORD', score: 0.9, digits: 0, sign: new RegExp(`[dtaen]${LABEL_END}`, 'i') };

/** What opens an account: where it is told, and where a command or an address has it. */
export const PASSWORDS: readonly Finder[] = [
  { type: 'PASSWORD', pattern: /(?<=\s(?:-u|--user) [^\s:]{1,64}:)\S{4,128}/g, score: 0.9, digits: 0, triggers: ['-u ', '--user '] },
  { type: 'PASSWORD', pattern: /(?<=:\/\/[^\s/:@]{1,64}:)[^\s/@]{1,128}(?=@)/g, score: 1, digits: 0, triggers: ['://'] },
  {
    type: 'PASSWORD',
    pattern:
      /(?<![\p{L}\p{N}])(?:(?:mysql(?:dump|admin|import|check)?|mariadb(?:-dump|-admin)?)(?:[ \t][^\n|;&]{0,120}?)?[ \t]-p|sshpass[ \t]-p[ \t]?)["']?(?<id>[^\s"']{4,64})/gu,
    valid: isWritten,
    score: 0.9,
    digits: 0,
    triggers: ['mysql', 'mariadb', 'sshpass'],
    sign: / -p/,
  },
  {
    type: 'PASSWORD',
    pattern: new RegExp(
      `${BORDER}(?:${LABELS}|pin(?: code)?)(?:\\s{1,3}(?:${IS})\\s{0,3}[:=]?\\s{1,3}|\\s{0,3}[:=]\\s{0,3})["']?(?<id>[^\\s"',;]{4,128})`,
      'giu',
    ),
    valid: hasSign,
    score: 0.9,
    digits: 0,
    triggers: [...TRIGGERS, 'pin ', 'pin:', 'pin='],
  },
  {
    // Scripts that part no words, before characters of their own.
    type: 'PASSWORD',
    pattern: /(?:密[码碼]|パスワード|비밀번호)\s{0,3}(?:[:=]|は|是|为|為|[는은])\s{0,3}["']?(?<id>[\w!#$%&*+?@^~.-]{4,64})/gu,
    valid: hasSign,
    score: 0.9,
    digits: 0,
    triggers: ['密码', '密碼', 'パスワード', '비밀번호'],
  },
  {
    type: 'PASSWORD',
    pattern: new RegExp(
      `${BORDER}(?:${SPOKEN})(?:[ \\n][\\p{L}'’-]{1,20}){1,5}[ \\n](?:${IS})(?: ?:)?[ \\n]["']?(?<id>[^\\s"',;()<>]{5,64})`,
      'giu',
    ),
    valid: isNoWord,
    score: 0.9,
    digits: 0,
    triggers: SPOKEN_TRIGGERS,
  },
  {
    // Without a word between: as words go on with a figure, too, this one is longer, has small letters and not one figure alone.
    type: 'PASSWORD',
    pattern: new RegExp(`${BORDER}(?:${SPOKEN}) ["']?(?<id>[\\p{L}\\d!#$%&*+?@^~._-]{6,64})(?![\\p{L}\\d(=:/[])`, 'giu'),
    valid: (found) => isNoWord(found) && /\p{Ll}{2}/u.test(found) && /\d[^_-]*\d|[!#$%&*+?@^~](?=\w)/.test(found),
    score: 0.8,
    digits: 0,
    triggers: SPOKEN_TRIGGERS,
  },
  {
    // In capitals: a connector has pins.
    type: 'PASSWORD',
    pattern: /(?<![\p{L}\p{N}-])(?<=[\p{L},.:;!?)] |\n|^)PIN (?<id>\d{4,6})(?![\p{L}\d%]|[.,:/-]\d)/gu,
    valid: (found) => !/^(?:19|20)\d\d$/.test(found),
    score: 0.8,
    digits: 0,
    triggers: ['pin '],
  },
  {
    type: 'PASSWORD',
    pattern: /(?<![\p{L}\p{N}])pw(?:\s{0,3}[:=]\s{0,3}|\s{1,3}(?:is\s|ist\s)?)["']?(?<id>[^\s"',;]{6,128})/giu,
    valid: (found) => isWritten(found) && /\p{L}/u.test(found) && /\d/.test(found),
    score: 0.9,
    digits: 0,
    triggers: ['pw ', 'pw:', 'pw='],
  },
  {
    ...ON_NEXT_LINE,
    pattern: onNextLine('password|passwort|kennwort|contrase[ñn]a|mot de passe', '\\S{4,64}'),
    valid: hasSign,
    triggers: ['passwor', 'kennwort', 'contrase', 'mot de passe'],
  },
  { ...ON_NEXT_LINE, pattern: onNextLine('pin(?: code)?', '\\d{4,8}'), triggers: ['pin\n', 'pin\r', 'pin code'] },
];
