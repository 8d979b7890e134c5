import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NearDuplicates } from '../core/dedupe/near-duplicates.ts';
import { ROOT } from './contenders/index.ts';
import { markdown } from './corpus.ts';
import { load, machine } from './machine.ts';
import { median } from './results.ts';

/** How long near-duplicates take among made-up articles, and what is kept of each: `node bench/dedupe.ts`. */

const ARTICLES = 2_500;
const MORE = 10_000;
const BYTES = 1_600;
const RUNS = 5;
/** Of ten articles one is an earlier one with one word changed: the pairs that have to be found. */
const isCopy = (at: number): boolean => at % 10 === 9;

const changed = (text: string): string => text.replace(/(\. \S+) \S+/, '$1 otherwise');
const articles = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => {
    const at = from + i;
    return isCopy(at) ? changed(markdown(at - 5, BYTES)) : markdown(at, BYTES);
  });

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const kept = (): number => {
  // What a first collection finds dead, a second one frees.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

function timed(texts: readonly string[]): { seconds: number; found: number; wrong: number } {
  const seen = new NearDuplicates<number>(0.8);
  const begun = performance.now();
  const named = texts.map((text, at) => seen.add(at, text).map(({ id }) => id));
  const seconds = (performance.now() - begun) / 1_000;
  const found = named.filter((ids, at) => isCopy(at) && ids.includes(at - 5)).length;
  return { seconds, found, wrong: named.flat().length - found };
}

/** Bytes that each of the further documents adds, the texts themselves gone. */
function growth(): number {
  const seen = new NearDuplicates<number>(0.8);
  const add = (from: number, to: number): void => {
    for (let at = from; at < to; at += 100) for (const [i, text] of articles(at, at + 100).entries()) seen.add(at + i, text);
  };
  add(0, ARTICLES);
  const before = kept();
  add(ARTICLES, ARTICLES + MORE);
  const after = kept();
  // What is measured has to be in use until then.
  seen.add(-1, '');
  return (after - before) / MORE;
}

// First, while nothing else of it is in memory.
const bytesEach = growth();
const texts = articles(0, ARTICLES);
const runs = Array.from({ length: RUNS }, () => timed(texts));
const copies = texts.filter((_, at) => isCopy(at)).length;
const rows = [
  ['articles', `${ARTICLES} of ${BYTES / 1_000} KB, ${copies} of them copies with one word changed`],
  ['copies found', `${runs[0]?.found}; others named: ${runs[0]?.wrong}`],
  ['seconds, median of five runs', median(runs.map(({ seconds }) => seconds)).toFixed(2)],
  [`bytes kept of each document, over ${MORE} more`, bytesEach.toFixed(0)],
];
const text = [
  '# Near-duplicates',
  '',
  `\`node bench/dedupe.ts\`, ${machine()}, load ${load().toFixed(1)}, ${new Date().toISOString().slice(0, 10)}`,
  '',
  '| what | figure |',
  '| --- | --- |',
  ...rows.map(([what, figure]) => `| ${what} | ${figure} |`),
  '',
].join('\n');
console.log(text);
writeFileSync(path.join(ROOT, 'bench/results/dedupe.md'), text);
