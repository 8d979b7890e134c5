import { hashOf } from '../gazetteer/coded-set.ts';

/**
 * Words that exist to insult a group of people, in English, German, French, Spanish and Italian, by their hashes: whoever
 * reads the source need not read them. Words with an honest meaning of their own are not among them.
 */
const SLURS = new Set([
  0x04e75875, 0x0e46b777, 0x234b24db, 0x2ff34644, 0x31b2f5cc, 0x32fcbef3, 0x3777c58a, 0x4a99292c, 0x4f53b5ac, 0x54de5c1c, 0x5d071fd0,
  0x5f7065be, 0x661d4a3d, 0x68d1adca, 0x6e1c5161, 0x72f9a7db, 0x782137f7, 0x78dc0986, 0x8452bffc, 0x8ef6c38c, 0x979363fa, 0x9dc2163f,
  0xa2c16fc0, 0xaa9e9a2e, 0xab23d500, 0xb58022eb, 0xbb68577e, 0xc128f9b3, 0xc5a9099e, 0xc83e7f0f, 0xdf0670ca, 0xe87c38ee, 0xf1d5b23c,
  0xf88b7695, 0xfe96e98c, 0xfeeb273e,
]);

/** Whether a word in lower case, or what it is the plural of, is a slur. */
export const isSlur = (word: string): boolean => SLURS.has(hashOf(word)) || (word.endsWith('s') && SLURS.has(hashOf(word.slice(0, -1))));
