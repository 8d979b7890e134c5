// Fails when the product would install two versions of one package: each copy costs start-up time and memory.
import { readFileSync } from 'node:fs';

/** Doubled by others, with the reason; an entry that is no longer needed fails too. */
const known = new Map([['entities', 'parse5 wants 9, htmlparser2 and markdown-it want 8']]);

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const versions = new Map();
for (const [path, { version, dev, optional }] of Object.entries(packages)) {
  if (path === '' || dev || optional) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  versions.set(name, (versions.get(name) ?? new Set()).add(version));
}
const doubled = [...versions].filter(([, of]) => of.size > 1);
const unknown = doubled.filter(([name]) => !known.has(name));
const outdated = [...known.keys()].filter((name) => !doubled.some(([of]) => of === name));
for (const name of outdated) console.error(`${name} is no longer doubled: take it off the list`);
for (const [name, of] of unknown) console.error(`${name} is there in ${of.size} versions: ${[...of].join(', ')}`);
console.log(`${versions.size} packages, ${doubled.length} in more than one version`);
process.exit(unknown.length + outdated.length === 0 ? 0 : 1);
