import type { Finder } from './finder.ts';

/** Bits of entropy in a character: a word has about 3, a random key of base 64 nearly 6. */
function entropy(text: string): number {
  const counts = [...Map.groupBy(text, (character) => character).values()];
  return counts.reduce((bits, { length }) => bits - (length / text.length) * Math.log2(length / text.length), 0);
}

const looksRandom = (found: string): boolean => /\d/.test(found) && /[a-z]/i.test(found) && entropy(found) > 3.2;

const LABEL_END = '[ \\t]{0,8}\\r?\\n';
/** A label in a line of its own, and a value in the next. */
const onNextLine = (label: string, value: string): RegExp =>
  new RegExp(`(?<=(?:^|\\n)[ \\t]{0,8})(?:${label})${LABEL_END}[ \\t]{0,8}(?<id>${value})(?=[ \\t\\r]{0,8}(?:\\n|$))`, 'giu');
const ON_NEXT_LINE = { type: 'PASSWORD', score: 0.9, digits: 0, sign: new RegExp(`[dtaen]${LABEL_END}`, 'i') };

/** Passwords, keys and tokens: of nobody's person, and of more harm than a name. */
export const SECRETS: readonly Finder[] = [
  {
    type: 'SECRET',
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
    score: 1,
    digits: 0,
    triggers: ['akia', 'asia', 'agpa', 'aida', 'aroa', 'anpa'],
  },
  {
    type: 'SECRET',
    pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,251}(?![A-Za-z0-9])|(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{40,251}/g,
    score: 1,
    digits: 0,
    triggers: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  { type: 'SECRET', pattern: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,64}/g, score: 1, digits: 0, triggers: ['glpat-'] },
  { type: 'SECRET', pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,250}/g, score: 1, digits: 0, triggers: ['xox'] },
  {
    type: 'SECRET',
    pattern: /(?<![A-Za-z0-9])(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)[-_][A-Za-z0-9_-]{16,250}/g,
    score: 1,
    digits: 0,
    triggers: ['sk-', 'sk_', 'pk-', 'pk_', 'rk-', 'rk_'],
  },
  { type: 'SECRET', pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9])/g, score: 1, digits: 0, triggers: ['aiza'] },
  { type: 'SECRET', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g, score: 1, digits: 0, triggers: ['npm_'] },
  {
    type: 'SECRET',
    pattern: /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,2000}/g,
    score: 1,
    digits: 0,
    triggers: ['eyj'],
  },
  {
    type: 'SECRET',
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[A-Za-z0-9+/=\s:,-]{0,8000}?-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
    score: 1,
    digits: 0,
    triggers: ['-----begin'],
  },
  { type: 'PASSWORD', pattern: /(?<=\s(?:-u|--user) [^\s:]{1,64}:)\S{4,128}/g, score: 0.9, digits: 0, triggers: ['-u ', '--user '] },
  { type: 'PASSWORD', pattern: /(?<=:\/\/[^\s/:@]{1,64}:)[^\s/@]{1,128}(?=@)/g, score: 1, digits: 0, triggers: ['://'] },
  {
    type: 'PASSWORD',
    pattern:
      /(?<![\p{L}\p{N}])(?:pass(?:word|wd|phrase|code)?|pwd|passwort|kennwort|contrase[ñn]a|clave|mot de passe|senha|pin(?: code)?)(?:\s{1,3}(?:is|ist|lautet|es|est)\s{1,3}|\s{0,3}[:=]\s{0,3})["']?(?<id>[^\s"',;]{4,128})/giu,
    valid: (found) => /[\d!#$%&*+?@^_~]/.test(found),
    score: 0.9,
    digits: 0,
    triggers: ['pass', 'pwd', 'kennwort', 'contrase', 'clave', 'senha', 'pin ', 'pin:', 'pin='],
  },
  {
    type: 'PASSWORD',
    pattern: /(?<![\p{L}\p{N}])pw(?:\s{0,3}[:=]\s{0,3}|\s{1,3}(?:is\s|ist\s)?)["']?(?<id>[^\s"',;]{6,128})/giu,
    valid: (found) => /\p{L}/u.test(found) && /\d/.test(found),
    score: 0.9,
    digits: 0,
    triggers: ['pw ', 'pw:', 'pw='],
  },
  {
    ...ON_NEXT_LINE,
    pattern: onNextLine('password|passwort|kennwort|contrase[ñn]a|mot de passe', '\\S{4,64}'),
    valid: (found) => /[\d!#$%&*+?@^_~]/.test(found),
    triggers: ['passwor', 'kennwort', 'contrase', 'mot de passe'],
  },
  { ...ON_NEXT_LINE, pattern: onNextLine('pin(?: code)?', '\\d{4,8}'), triggers: ['pin\n', 'pin\r', 'pin code'] },
  {
    type: 'SECRET',
    pattern:
      /(?<![\p{L}\p{N}])(?:cvv2?|cvc2?|card security code|kartenpr[üu]fnummer)(?:\s{0,3}[:=#]\s{0,3}|\s{1,3}(?:(?:is|ist|code|number)\s{1,3})?)(?<id>\d{3,4})(?![\p{L}\d%]|[.,-]\d)/giu,
    valid: (found) => !/^(?:19|20)\d\d$/.test(found),
    score: 0.9,
    digits: 0,
    triggers: ['cvv', 'cvc', 'card security code', 'kartenpr'],
  },
  {
    type: 'SECRET',
    pattern:
      /(?<![\p{L}\p{N}])(?:api[ _-]?key|secret(?:[ _-]?(?:access)?[ _-]?key)?|access[ _-]?token|auth[ _-]?token|client[ _-]?secret|session(?:[ _-]?(?:id|key|token))?|token|bearer)["']?\s{0,3}(?:is|[:=]|\s)\s{0,3}["']?(?<id>[A-Za-z0-9_./+=-]{16,512})/giu,
    valid: looksRandom,
    score: 0.9,
    digits: 0,
    triggers: ['key', 'secret', 'token', 'bearer', 'session'],
  },
];
