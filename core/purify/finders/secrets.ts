import type { Finder } from './finder.ts';

/** Bits of entropy in a character: a word has about 3, a random key of base 64 nearly 6. */
function entropy(text: string): number {
  const counts = [...Map.groupBy(text, (character) => character).values()];
  return counts.reduce((bits, { length }) => bits - (length / text.length) * Math.log2(length / text.length), 0);
}

/** RFC 7617: the name and the password of an account, with a colon between them, in base 64. */
function isUserAndPassword(found: string): boolean {
  const read = Buffer.from(found, 'base64').toString('utf8');
  return /^[^\p{Cc}\ufffd:]{1,64}:[^\p{Cc}\ufffd]+$/u.test(read);
}

const looksRandom = (found: string): boolean => /\d/.test(found) && /[a-z]/i.test(found) && entropy(found) > 3.2;

/** Keys and tokens: of nobody's person, and of more harm than a name. */
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
  { type: 'SECRET', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,40}(?![A-Za-z0-9_])/g, score: 1, digits: 0, triggers: ['hf_'] },
  {
    type: 'SECRET',
    pattern: /(?<![A-Za-z0-9.])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/g,
    score: 1,
    digits: 0,
    triggers: ['sg.'],
  },
  { type: 'SECRET', pattern: /(?<![A-Za-z0-9])do[por]_v1_[a-f0-9]{40,64}/g, score: 1, digits: 0, triggers: ['_v1_'] },
  {
    type: 'SECRET',
    pattern: /(?<=(?:AccountKey|SharedAccessKey|account_key)["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9+/]{40,88}={0,2}/gi,
    score: 1,
    digits: 0,
    triggers: ['accountkey', 'sharedaccesskey', 'account_key'],
  },
  {
    type: 'SECRET',
    pattern: /(?<![\p{L}\p{N}])basic[ \t]{1,3}(?<id>[A-Za-z0-9+/_-]{8,512}={0,2})(?![A-Za-z0-9+/=_-])/giu,
    valid: isUserAndPassword,
    score: 1,
    digits: 0,
    triggers: ['basic ', 'basic\t'],
  },
  {
    type: 'SECRET',
    pattern:
      /(?<![\p{L}\p{N}])(?:api|auth|access|secret|refresh)[ _-]?(?:token|key|secret)\s{0,3}[:=]\s{0,3}["']?(?<id>[A-Za-z0-9_+/-]{8,15})(?![\w.+/=(-])/giu,
    valid: (found) => /[A-Za-z]/.test(found) && /\d.*\d/.test(found),
    score: 0.9,
    digits: 0,
    triggers: ['key', 'secret', 'token'],
    sign: /(?:token|key|secret)\s{0,3}[:=]/i,
  },
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
