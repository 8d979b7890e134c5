import { limits } from '../check.ts';
import { type TextCheck, wordsOf } from '../subject.ts';

/** Strong language alone, in English, German, French, Spanish and Italian; what insults a group is for a source's own list. */
const WORDS = new Set(
  `arsehole asshole bastard bitch bollocks bullshit cocksucker cunt dickhead fuck fucked fucker fucking motherfucker shit shitty twat wanker
  arschloch fick ficken ficker fotze hurensohn miststück scheiss scheiße scheisse verpiss wichser
  connard connasse enculé foutre merde nique putain salope
  cabrón cojones coño gilipollas hijoputa joder mierda puta
  cazzo coglione merda puttana stronzo vaffanculo`.split(/\s+/),
);

/** So many for each thousand words are past quoting somebody. */
const WORST = 5;

/** Strong language, by words; off unless a source switches it on. */
export const profanity: TextCheck = {
  name: 'profanity',
  isDefect: true,
  isOptional: true,
  limits: limits({ weight: 1, warn: 0.9, hold: 0.3 }),
  judge({ text, quality: { profanity: own } }) {
    const words = wordsOf(text);
    const wanted = new Set(own.map((word) => word.toLowerCase()));
    const found = words.filter((word) => WORDS.has(word) || wanted.has(word)).length;
    const share = (found / Math.max(words.length, 200)) * 1_000;
    return { score: 1 - Math.min(1, share / WORST), message: `${found} strong words among ${words.length}` };
  },
};
