import { NAME, PERSON } from '../column-headers.ts';
import { factsOf } from '../names/lexicon.ts';

const MOST_WORDS = 5;
const LONGEST = 60;
const LETTERS = /^[\p{L}\p{M}][\p{L}\p{M}'’., -]*$/u;
const WORD = /[\p{L}\p{M}][\p{L}\p{M}'’-]*/gu;
const PARTICLE = /^(?:van|von|vom|der|den|de|del|della|di|da|do|dos|das|du|la|le|las|los|bin|ibn|al|el|y|e|zu|zur|ter|ten|af|av)$/u;
/** A part of a program: `person.surname`, `NonEmptyString`. */
const OF_PROGRAM = /\.\p{L}|\p{Ll}\p{Lu}/u;
/** Letters without cases, in which no word of a program is written. */
const CASELESS = /^[\p{Lo}\p{M}・· ]+$/u;

/**
 * Whether the value of a field that holds a person's name is one: `Maria`, `Zzyxwq` and `van der Berg`, but neither `string` nor
 * `Required` nor `person.surname`. `unmarked`: the value has no marks around it, so that it may be of a program.
 */
export function isPersonIn(value: string, unmarked: boolean): boolean {
  if (value.length < 2 || value.length > LONGEST || !LETTERS.test(value)) return false;
  if (CASELESS.test(value)) return true;
  if (PERSON.test(value) || NAME.test(value)) return false;
  const words = (value.match(WORD) ?? []).filter((word) => !PARTICLE.test(word));
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  const facts = words.map(factsOf);
  const isKnown = facts.some(({ given, name, word }) => given || (name && !word));
  // An ordinary word that is nobody's name is one of a label or of a sentence.
  if (facts.some(({ given, name, word }) => word && !given && !name)) return false;
  const isSmall = words.some((word) => /^\p{Ll}/u.test(word));
  if (isSmall) return isKnown && facts.every(({ given, name }) => given || name);
  const isLikeProgram = OF_PROGRAM.test(value) || (unmarked && value === value.toUpperCase());
  return isKnown || !isLikeProgram;
}
