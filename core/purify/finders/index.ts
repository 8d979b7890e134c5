import { AGES } from './ages.ts';
import { CONTACT } from './contact.ts';
import { DATES } from './dates.ts';
import { DOCUMENTS } from './documents.ts';
import { FINANCE } from './finance.ts';
import type { Finder } from './finder.ts';
import { EUROPE } from './ids-europe.ts';
import { WORLD } from './ids-world.ts';
import { PASSWORDS } from './passwords.ts';
import { SECRETS } from './secrets.ts';
import { SPELLED } from './spelled.ts';

/** Every kind that a pattern finds; names and addresses have finders of their own. */
export const FINDERS: readonly Finder[] = [
  ...CONTACT,
  ...SPELLED,
  ...FINANCE,
  ...EUROPE,
  ...WORLD,
  ...DOCUMENTS,
  ...PASSWORDS,
  ...SECRETS,
  ...DATES,
  ...AGES,
];
