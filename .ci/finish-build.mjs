// What the compiler does not do for `dist`: the files that are not TypeScript, and the map of its `#` imports.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folders = ['adapters', 'apps', 'core', 'schemas'];
const isData = /\.(html|css|svg|bin|wasm|txt|tsv|js|gz|br)$/;

for (const folder of folders) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && isData.test(entry.name) && file !== path.join('apps', 'cli', 'sluice.js')) cpSync(file, path.join('dist', file));
  }
}
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const imports = Object.fromEntries(
  folders.map((folder) => [`#${folder}/*.ts`, { types: `./${folder}/*.d.ts`, default: `./${folder}/*.js` }]),
);
writeFileSync('dist/package.json', `${JSON.stringify({ name, version, private: true, type: 'module', imports }, null, 2)}\n`);
