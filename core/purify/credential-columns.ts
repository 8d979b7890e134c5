import type { Span } from '../ports/pii.ts';

type Credential = { type: string; score: number; header: RegExp; value: RegExp };

/** Headers that are nothing but these words, and what a value under them looks like: `user agent` heads no users. */
const CREDENTIALS: readonly Credential[] = [
  {
    type: 'PASSWORD',
    score: 0.9,
    header:
      /^(?:user |initial |temp(?:orary)? )?(?:pass(?:word|wd|phrase|code)|pwd|passwort|kennwort|contrase[ñn]a|clave|mot de passe|senha|wachtwoord|parola|has[łl]o)$/iu,
    value: /^\S{3,128}$/,
  },
  { type: 'PASSWORD', score: 0.9, header: /^(?:card )?pin(?: ?code| number| ?nummer)?$/i, value: /^\d{4,8}$/ },
  { type: 'SECRET', score: 0.9, header: /^(?:cvv2?|cvc2?|card security code|security code|kartenpr[üu]fnummer)$/iu, value: /^\d{3,4}$/ },
  {
    type: 'SECRET',
    score: 0.9,
    header:
      /^(?:secrets?|(?:api|access|secret|private|auth)[ ]?(?:access )?(?:key|token)|client secret|(?:api|geheimer) ?schl[üu]ssel|clave (?:de )?api|cl[ée] (?:d['’])?api)$/iu,
    value: /^\S{4,512}$/,
  },
  {
    type: 'USER_NAME',
    score: 0.8,
    header:
      /^(?:user|user ?(?:name|id)|login|login ?(?:name|id)|screen ?name|account name|benutzer(?:name|kennung)?|(?:nombre de )?usuario|identifiant|(?:nom d['’])?utilisateur|(?:nome )?utente|gebruikersnaam)$/iu,
    value: /^(?=.*\p{L}|\d{5})[^\s"<>]{2,64}$/u,
  },
];

/** What tells about a value in place of it: that there is one, what type it has, or stars. */
const NO_VALUE =
  /^(?:yes|no|ja|nein|true|false|none|null|n\/a|unknown|required|optional|string|text|var ?char|char|int(?:eger)?|bool(?:ean)?|[*•.–—-]+)$/i;

const under = (line: string): Credential[] => {
  const header = line
    .replace(/[_\s-]+/g, ' ')
    .replace(/\s*:\s*$/, '')
    .trim();
  return CREDENTIALS.filter((credential) => credential.header.test(header));
};

/** Whether a header or a label is one of credentials. `hint`: each in a line of its own. */
export const isOfCredentials = (hint: string): boolean => hint.split('\n').some((line) => under(line).length > 0);

/** What a value is as a credential, by the header over it or the label before it. */
export function credentialUnder(hint: string, value: string): Pick<Span, 'type' | 'score'> | undefined {
  if (NO_VALUE.test(value)) return undefined;
  return hint
    .split('\n')
    .flatMap(under)
    .find((credential) => credential.value.test(value));
}
