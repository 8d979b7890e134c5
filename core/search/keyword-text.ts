/** Scripts that set no blanks between words; their runs are indexed by overlapping pairs. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const HAS_UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\ud840-\ud88d]/;

/**
 * A text as the keyword index should take it, its tokenizer being one for words between blanks: runs of a script
 * without blanks as their pairs of characters. Queries are brought to the same form by `keywordQuery`.
 */
export const keywordText = (text: string): string =>
  HAS_UNSPACED.test(text) ? text.replace(UNSPACED, (run) => ` ${pairs(run).join(' ')} `) : text;

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length < 3) return [run];
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}
