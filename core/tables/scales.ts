/** Answers of surveys in words, worst first; the number of an answer is its place. */
const SCALES: readonly (readonly (readonly string[])[])[] = [
  [
    ['very dissatisfied', 'sehr unzufrieden'],
    ['dissatisfied', 'unzufrieden'],
    ['neutral', 'teils teils', 'neither'],
    ['satisfied', 'zufrieden'],
    ['very satisfied', 'sehr zufrieden'],
  ],
  [
    ['strongly disagree', 'stimme gar nicht zu', 'stimme überhaupt nicht zu'],
    ['disagree', 'stimme nicht zu', 'stimme eher nicht zu'],
    ['neutral', 'neither agree nor disagree', 'undecided', 'teils teils'],
    ['agree', 'stimme zu', 'stimme eher zu'],
    ['strongly agree', 'stimme voll zu', 'stimme voll und ganz zu'],
  ],
  [
    ['very poor', 'very bad', 'sehr schlecht'],
    ['poor', 'bad', 'schlecht'],
    ['fair', 'average', 'okay', 'ok', 'mittel'],
    ['good', 'gut'],
    ['excellent', 'very good', 'sehr gut'],
  ],
  [
    ['never', 'nie'],
    ['rarely', 'seldom', 'selten'],
    ['sometimes', 'manchmal'],
    ['often', 'oft', 'häufig'],
    ['always', 'immer'],
  ],
  [
    ['very unlikely', 'sehr unwahrscheinlich'],
    ['unlikely', 'unwahrscheinlich'],
    ['neutral', 'possibly', 'möglich'],
    ['likely', 'wahrscheinlich'],
    ['very likely', 'sehr wahrscheinlich'],
  ],
  [
    ['low', 'niedrig', 'gering'],
    ['medium', 'moderate', 'mittel'],
    ['high', 'hoch'],
  ],
];

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s/_-]+/g, ' ');

/** What a column's answers are worth, where nearly all of them are of one scale: 1 is the worst. */
export function scaleOf(values: ReadonlyMap<string, number>): { worth: Map<string, number>; of: number } | undefined {
  const total = [...values.values()].reduce((sum, count) => sum + count, 0);
  for (const scale of SCALES) {
    const worth = new Map<string, number>();
    let known = 0;
    for (const [value, count] of values) {
      const place = scale.findIndex((words) => words.includes(plain(value)));
      if (place === -1) continue;
      worth.set(value, place + 1);
      known += count;
    }
    if (new Set(worth.values()).size >= 2 && known >= total * 0.9) return { worth, of: scale.length };
  }
  return undefined;
}
