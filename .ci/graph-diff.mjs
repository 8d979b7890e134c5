// What a deployment would change, from two synthesised graphs, as Markdown: node .ci/graph-diff.mjs old.json new.json
import { readFileSync } from 'node:fs';

const read = (file) => new Map(JSON.parse(readFileSync(file, 'utf8')).map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));
const [before, after] = process.argv.slice(2, 4).map(read);
const text = (value) => (value === undefined ? 'absent' : JSON.stringify(value));

/** The inputs that differ, each with what it was and what it will be. */
const changes = (from, to) =>
  [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((field) => text(from[field]) !== text(to[field]))
    .map((field) => `  - \`${field}\`: ${text(from[field])} to ${text(to[field])}`);

const lines = [
  ...[...after.keys()].filter((key) => !before.has(key)).map((key) => `- new: ${key}`),
  ...[...before.keys()].filter((key) => !after.has(key)).map((key) => `- **gone: ${key}**`),
  ...[...after].flatMap(([key, inputs]) => {
    const changed = before.has(key) ? changes(before.get(key), inputs) : [];
    return changed.length === 0 ? [] : [`- changed: ${key}`, ...changed];
  }),
];
console.log(lines.length === 0 ? 'No resource changes; code may.' : lines.join('\n'));
